-- The notices of a consultation as tasks, and what shows that they were published.
create table consultations.notice_list (
    consultation_id uuid         not null constraint pk_notice_list primary key,
    version         integer      not null,
    earliest_close  date,
    decided_by      varchar(200)
);

create table consultations.notice (
    id                    uuid        not null constraint pk_notice primary key,
    consultation_id       uuid        not null constraint fk_notice_notice_list_consultation_id references consultations.notice_list (consultation_id),
    demand                text,
    regime                varchar(100),
    what                  text        not null,
    "where"               text,
    responsible           varchar(200),
    due_on                date,
    citation              text,
    working               text        not null,
    inputs                text[]      not null,
    state                 varchar(20) not null check (state in ('ToDo', 'Published', 'Corrected', 'NotApplicable')),
    published_on          date,
    not_applicable_reason text,
    corrects              uuid,
    what_was_wrong        text,
    restarts_time         boolean     not null,
    created_at            timestamptz not null,
    check ((state in ('Published', 'Corrected')) = (published_on is not null)),
    check ((state = 'NotApplicable') = (not_applicable_reason is not null)),
    check ((corrects is null) = (what_was_wrong is null))
);
create index notice_of_consultation on consultations.notice (consultation_id);
-- What the clock and the work list ask for.
create index notice_due on consultations.notice (due_on) where state = 'ToDo';

-- Rows are only ever added.
create table consultations.proof (
    id              uuid          not null constraint pk_proof primary key,
    consultation_id uuid          not null,
    subject_id      uuid          not null,
    kind            varchar(20)   not null check (kind in ('Cutting', 'Photograph', 'WebPage', 'File')),
    name            varchar(2000) not null,
    media_type      varchar(100),
    size            bigint        check (size > 0),
    sha256          varchar(64),
    added_by        varchar(100)  not null,
    added_at        timestamptz   not null,
    check ((sha256 is null) = (kind = 'WebPage'))
);
create index proof_of_consultation on consultations.proof (consultation_id);

create table consultations.proof_content (
    proof_id uuid  not null constraint pk_proof_content primary key
                            constraint fk_proof_content_proof_proof_id references consultations.proof (id) on delete restrict,
    bytes    bytea not null
);
