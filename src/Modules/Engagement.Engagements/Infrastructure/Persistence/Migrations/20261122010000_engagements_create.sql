create table engagements.reference_number (
    year integer not null constraint pk_reference_number primary key,
    last integer not null check (last > 0)
);

create table engagements.engagement (
    id                  uuid         not null constraint pk_engagement primary key,
    reference           varchar(20)  not null,
    state               varchar(20)  not null,
    title               varchar(200) not null,
    department          varchar(100) not null,
    level               varchar(20),
    statutory           boolean      not null,
    plan                jsonb        not null,
    plan_version        integer      not null check (plan_version > 0),
    authors             text[]       not null,
    reviews             jsonb        not null,
    waivers             jsonb        not null,
    approval            jsonb,
    cancellation_reason text,
    activities          jsonb        not null,
    scores              jsonb        not null,
    evaluation          jsonb,
    created_at          timestamptz  not null,
    version             integer      not null,
    check (state not in ('Approved', 'Live', 'Analysing', 'AwaitingDecision', 'FedBack', 'Evaluated') or approval is not null),
    check ((state = 'Cancelled') = (cancellation_reason is not null)),
    check ((state = 'Evaluated') = (evaluation is not null))
);
create unique index ix_engagement_reference on engagements.engagement (reference);
create index ix_engagement_state on engagements.engagement (state, id);
create index ix_engagement_department on engagements.engagement (department, id);

create table engagements.engagement_consultation (
    consultation_id uuid        not null constraint pk_engagement_consultation primary key,
    engagement_id   uuid        not null constraint fk_engagement_consultation_engagement_engagement_id
                                references engagements.engagement (id) on delete cascade,
    stage           varchar(20) not null,
    is_withdrawn    boolean     not null
);
create index ix_engagement_consultation_engagement_id on engagements.engagement_consultation (engagement_id);
