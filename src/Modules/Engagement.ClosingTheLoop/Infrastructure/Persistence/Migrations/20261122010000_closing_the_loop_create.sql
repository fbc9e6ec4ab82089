create table closing_the_loop.loop (
    consultation_id     uuid         not null constraint pk_loop primary key,
    engagement_id       uuid         not null,
    slug                varchar(200) not null,
    title               text         not null,
    closed_at           timestamptz  not null,
    sealed_responses    integer      not null check (sealed_responses >= 0),
    sealed_digest       varchar(64)  not null,
    threshold_responses integer,
    threshold_share     numeric,
    first_due_on        date         not null,
    outcome_due_on      date         not null,
    due_date_reason     text,
    reminded_week       integer      not null check (reminded_week >= 0),
    coding_completed_at timestamptz,
    decision            jsonb,
    draft               jsonb,
    authors             text[]       not null,
    published_version   integer      not null check (published_version >= 0),
    closed_loop_at      timestamptz,
    version             integer      not null,
    check (published_version = 0 or decision is not null),
    check (closed_loop_at is null or published_version > 0)
);
create unique index loop_slug on closing_the_loop.loop (slug);

-- The list of what is overdue and the job that reminds ask for open loops by their due date.
create index loop_owed_by_due_date on closing_the_loop.loop (outcome_due_on, consultation_id) where closed_loop_at is null;

create table closing_the_loop.theme (
    id              uuid          not null constraint pk_theme primary key,
    consultation_id uuid          not null constraint fk_theme_loop_consultation_id references closing_the_loop.loop (consultation_id) on delete cascade,
    name            varchar(100)  not null check (name <> ''),
    description     varchar(1000) not null,
    parent_id       uuid          constraint fk_theme_theme_parent_id references closing_the_loop.theme (id) on delete restrict,
    position        integer       not null,
    is_archived     boolean       not null,
    merged_into     uuid          constraint fk_theme_theme_merged_into references closing_the_loop.theme (id) on delete restrict,
    check (merged_into <> id and parent_id <> id)
);
create index ix_theme_consultation_id on closing_the_loop.theme (consultation_id);
create index ix_theme_parent_id on closing_the_loop.theme (parent_id);
create index ix_theme_merged_into on closing_the_loop.theme (merged_into);

create table closing_the_loop.response_coding (
    consultation_id uuid    not null,
    response_id     uuid    not null,
    version         integer not null,
    constraint pk_response_coding primary key (consultation_id, response_id)
);

-- A free text that somebody has read; without a row in coded_theme it is marked "none".
create table closing_the_loop.coded_answer (
    consultation_id uuid        not null,
    response_id     uuid        not null,
    question_code   varchar(60) not null,
    constraint pk_coded_answer primary key (consultation_id, response_id, question_code),
    constraint fk_coded_answer_response_coding_consultation_id_response_id foreign key (consultation_id, response_id)
        references closing_the_loop.response_coding (consultation_id, response_id) on delete cascade
);

create table closing_the_loop.coded_theme (
    consultation_id uuid        not null,
    response_id     uuid        not null,
    question_code   varchar(60) not null,
    theme_id        uuid        not null constraint fk_coded_theme_theme_theme_id references closing_the_loop.theme (id) on delete restrict,
    constraint pk_coded_theme primary key (consultation_id, response_id, question_code, theme_id),
    constraint fk_coded_theme_coded_answer foreign key (consultation_id, response_id, question_code)
        references closing_the_loop.coded_answer (consultation_id, response_id, question_code) on delete cascade
);
create index coded_theme_by_theme on closing_the_loop.coded_theme (theme_id);

create table closing_the_loop.quotation (
    id              uuid          not null constraint pk_quotation primary key,
    consultation_id uuid          not null,
    response_id     uuid          not null,
    question_code   varchar(60)   not null,
    text            varchar(2000) not null,
    status          varchar(20)   not null check (status in ('Candidate', 'Cleared', 'Withdrawn')),
    authors         text[]        not null,
    version         integer       not null,
    check ((status = 'Withdrawn') = (text = ''))
);
create unique index quotation_of_answer on closing_the_loop.quotation (consultation_id, response_id, question_code);

create table closing_the_loop.outcome_version (
    consultation_id uuid         not null,
    number          integer      not null check (number > 0),
    published_at    timestamptz  not null,
    published_by    varchar(100) not null,
    reason          text,
    content         jsonb        not null,
    constraint pk_outcome_version primary key (consultation_id, number),
    check (number = 1 or reason is not null)
);

create table closing_the_loop.commitment (
    id              uuid        not null constraint pk_commitment primary key,
    consultation_id uuid        not null constraint fk_commitment_loop_consultation_id references closing_the_loop.loop (consultation_id) on delete cascade,
    text            text        not null,
    due_on          date        not null,
    owner           text        not null,
    position        integer     not null,
    status          varchar(20) not null check (status in ('Promised', 'InProgress', 'Done', 'NotDone')),
    published_in    integer
);
create index ix_commitment_consultation_id on closing_the_loop.commitment (consultation_id);
create index commitment_owed_by_due_date on closing_the_loop.commitment (due_on, id) where published_in is not null and status in ('Promised', 'InProgress');

create table closing_the_loop.commitment_progress (
    commitment_id uuid        not null constraint fk_commitment_progress_commitment_commitment_id references closing_the_loop.commitment (id) on delete cascade,
    number        integer     not null check (number > 0),
    status        varchar(20) not null check (status in ('Promised', 'InProgress', 'Done', 'NotDone')),
    note          text        not null,
    at            timestamptz not null,
    constraint pk_commitment_progress primary key (commitment_id, number)
);
