-- Answers in progress: encrypted, found by a keyed hash of a code that is stored nowhere, removed after a stated time.
create table participation.draft (
    id                    uuid        not null constraint pk_draft primary key,
    consultation_id       uuid        not null,
    code_hash             bytea       not null,
    questionnaire_version integer     not null,
    content               bytea       not null,
    created_at            timestamptz not null,
    changed_at            timestamptz not null,
    late_at               timestamptz,
    sent_at               timestamptz,
    reminder              bytea,
    links_sent            integer     not null
);
create unique index draft_code on participation.draft (code_hash);
-- Which have not been touched for too long, and which belong to a consultation that closed.
create index draft_by_change on participation.draft (changed_at);
create index draft_of_consultation on participation.draft (consultation_id);
create index draft_to_remind on participation.draft (consultation_id) where reminder is not null;
