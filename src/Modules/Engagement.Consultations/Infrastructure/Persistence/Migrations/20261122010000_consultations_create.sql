create table consultations.consultation (
    id                   uuid          not null constraint pk_consultation primary key,
    version              integer       not null,
    engagement_id        uuid          not null,
    slug                 varchar(100)  not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    status               varchar(20)   not null check (status in (
        'Draft', 'AwaitingApproval', 'Scheduled', 'Open', 'Closing', 'Closed', 'UnderConsideration', 'Decided', 'Withdrawn')),
    title                varchar(200)  not null,
    summary              text          not null,
    why_now              text,
    who_decides          text,
    regimes              text[]        not null,
    inputs               jsonb         not null,
    outcome_due_weeks    integer       not null check (outcome_due_weeks > 0),
    threshold_responses  integer       check (threshold_responses > 0),
    threshold_share      numeric(5, 4) check (threshold_share > 0 and threshold_share <= 1),
    equality_answers     varchar(10)   not null check (equality_answers in ('Linked', 'Separate')),
    privacy_notice       text,
    privacy_contact      text,
    offline_route        text,
    alternative_formats  text,
    topics               text[]        not null,
    areas                text[]        not null,
    audiences            text[]        not null,
    opens_on             date          not null,
    opens_time           time,
    opens_second         boolean,
    closes_on            date          not null,
    closes_time          time,
    closes_second        boolean,
    opens_at             timestamptz   not null,
    closes_at            timestamptz   not null,
    authors              text[]        not null,
    approved_by          varchar(100),
    approved_at          timestamptz,
    approved_version     integer,
    questionnaire_version integer,
    questionnaire_digest varchar(64),
    first_published_at   timestamptz,
    proposed_extension   jsonb,
    extensions           jsonb         not null,
    withdrawal_reason    text,
    response_count       integer       check (response_count >= 0),
    response_digest      varchar(64),
    decision_body        text,
    decided_on           date,
    answered_at          timestamptz,
    check (opens_at < closes_at),
    -- What is not approved never opens.
    check (status not in ('Scheduled', 'Open', 'Closing', 'Closed', 'UnderConsideration', 'Decided') or approved_by is not null),
    -- Nobody approves what they wrote.
    check (approved_by is null or not approved_by = any (authors)),
    check ((status = 'Withdrawn') = (withdrawal_reason is not null)),
    check (status not in ('Closed', 'UnderConsideration', 'Decided') or response_digest is not null)
);
create unique index consultation_slug on consultations.consultation (slug);
create index consultation_of_engagement on consultations.consultation (engagement_id);
-- What the two jobs ask for every second.
create index consultation_due_to_open on consultations.consultation (opens_at) where status = 'Scheduled';
create index consultation_due_to_close on consultations.consultation (closes_at) where status = 'Open';

create table consultations.document (
    id              uuid         not null constraint pk_document primary key,
    consultation_id uuid         not null constraint fk_document_consultation_consultation_id references consultations.consultation (id) on delete restrict,
    name            varchar(120) not null,
    version         integer      not null check (version > 0),
    media_type      varchar(100) not null,
    size            bigint       not null check (size > 0),
    sha256          varchar(64)  not null,
    added_at        timestamptz  not null,
    retired_at      timestamptz
);
create unique index document_of_consultation on consultations.document (consultation_id, name, version);

-- The bytes, apart; rows are only ever added.
create table consultations.document_content (
    document_id uuid  not null constraint pk_document_content primary key
                               constraint fk_document_content_document_document_id references consultations.document (id) on delete restrict,
    bytes       bytea not null
);

-- Each timetable that somebody relied on, as the law stood then; rows are only ever added.
create table consultations.timetable (
    consultation_id uuid        not null,
    version         integer     not null,
    recorded_at     timestamptz not null,
    timetable       jsonb       not null,
    reasons         jsonb       not null,
    constraint pk_timetable primary key (consultation_id, version)
);
