create table participation.questionnaire (
    id              uuid        not null constraint pk_questionnaire primary key,
    consultation_id uuid        not null,
    version         integer     not null,
    latest_version  integer     not null check (latest_version > 0),
    latest_digest   varchar(64) not null
);
create unique index questionnaire_of_consultation on participation.questionnaire (consultation_id);

-- Append only: what was approved and what was answered stays as it was.
create table participation.questionnaire_version (
    consultation_id uuid        not null,
    number          integer     not null check (number > 0),
    content_json    text        not null,
    digest          varchar(64) not null,
    created_at      timestamptz not null,
    constraint pk_questionnaire_version primary key (consultation_id, number)
);

create table participation.response_form (
    consultation_id       uuid         not null constraint pk_response_form primary key,
    version               integer      not null,
    slug                  varchar(100) not null,
    title                 varchar(300) not null,
    questionnaire_version integer,
    opens_at              timestamptz  not null,
    closes_at             timestamptz  not null check (closes_at > opens_at),
    is_withdrawn          boolean      not null,
    seal_at               timestamptz,
    sealed_at             timestamptz,
    sealed_count          integer,
    sealed_digest         varchar(64),
    check (sealed_at is null or (sealed_count is not null and sealed_digest is not null))
);
create unique index response_form_slug on participation.response_form (slug);
-- The sealing job asks for it every second; it is empty but for the minute after a deadline.
create index response_form_to_seal on participation.response_form (seal_at) where sealed_at is null and seal_at is not null;

create table participation.response (
    consultation_id       uuid         not null,
    id                    uuid         not null,
    reference             varchar(12)  not null check (reference ~ '^[0-9A-HJKMNP-TV-Z]{12}$'),
    idempotency_key       varchar(400) not null,
    fingerprint           bytea        not null,
    version               integer      not null check (version > 0),
    questionnaire_version integer      not null,
    channel               varchar(20)  not null,
    language              varchar(35)  not null,
    on_behalf_of          varchar(200),
    consent_to_publish    boolean      not null,
    submitted_at          timestamptz  not null,
    received_on           date         not null,
    is_late               boolean      not null,
    entered_after_seal    boolean      not null,
    logged_by             varchar(100),
    changed_at            timestamptz,
    withdrawn_at          timestamptz,
    ruling                varchar(20),
    ruled_by              varchar(100),
    ruled_at              timestamptz,
    ruling_reason         varchar(1000),
    answers               jsonb        not null check (jsonb_typeof(answers) = 'object'),
    asked                 text[]       not null,
    answers_digest        bytea        not null check (length(answers_digest) = 32),
    constraint pk_response primary key (consultation_id, id),
    check (not (is_late and entered_after_seal)),
    check (logged_by is not null or not (is_late or entered_after_seal)),
    check (ruling is null or (is_late and ruled_by is not null and ruled_at is not null and ruling_reason is not null))
);
-- One response for one key, whoever repeats it and however often at once.
create unique index response_idempotency_key on participation.response (consultation_id, idempotency_key);
create unique index response_reference on participation.response (reference);

-- Append only: what a response said before its participant changed it.
create table participation.response_version (
    consultation_id    uuid         not null,
    response_id        uuid         not null,
    version            integer      not null,
    language           varchar(35)  not null,
    on_behalf_of       varchar(200),
    consent_to_publish boolean      not null,
    answers            jsonb        not null,
    submitted_at       timestamptz  not null,
    constraint pk_response_version primary key (consultation_id, response_id, version)
);

create table participation.contact (
    id              uuid        not null constraint pk_contact primary key,
    consultation_id uuid        not null,
    address_hash    bytea       not null,
    address         bytea       not null,
    created_at      timestamptz not null,
    unsubscribed_at timestamptz
);
create unique index contact_address on participation.contact (consultation_id, address_hash);
-- How often an address was left in the last day, over all consultations.
create index contact_by_address on participation.contact (address_hash);

create table participation.contact_response (
    contact_id      uuid        not null,
    consultation_id uuid        not null,
    response_id     uuid        not null,
    linked_at       timestamptz not null,
    constraint pk_contact_response primary key (contact_id, response_id)
);
create index contact_response_by_response on participation.contact_response (response_id);

-- Equality answers: no time and, where they are kept separate, no response.
create table participation.equality_answers (
    id              uuid        not null constraint pk_equality_answers primary key,
    consultation_id uuid        not null,
    response_id     uuid,
    question_set    varchar(40) not null,
    answers         jsonb       not null
);
create index equality_answers_of_consultation on participation.equality_answers (consultation_id);

create table participation.announcement (
    id              uuid         not null constraint pk_announcement primary key,
    consultation_id uuid         not null,
    kind            varchar(20)  not null,
    occasion        varchar(60)  not null,
    slug            varchar(100) not null,
    title           varchar(300) not null,
    reason          text         not null,
    closes_at       timestamptz,
    created_at      timestamptz  not null,
    told_up_to      uuid,
    told            integer      not null,
    completed_at    timestamptz
);
create unique index announcement_occasion on participation.announcement (consultation_id, kind, occasion);
create index announcement_open on participation.announcement (created_at) where completed_at is null;

-- A response is withdrawn, never deleted, by the program; once its set is sealed nothing changes but the ruling on a late one.
create function participation.guard_response() returns trigger language plpgsql as $$
begin
    if current_user <> 'engagement_runtime' then
        return case when tg_op = 'DELETE' then old else new end;
    end if;
    if tg_op = 'DELETE' then
        raise exception 'A response is withdrawn, not deleted.' using errcode = 'insufficient_privilege';
    end if;
    if new.consultation_id <> old.consultation_id or new.id <> old.id or new.reference <> old.reference
        or new.idempotency_key <> old.idempotency_key or new.submitted_at <> old.submitted_at or new.is_late <> old.is_late
        or new.entered_after_seal <> old.entered_after_seal then
        raise exception 'Where a response came from and when never changes.' using errcode = 'insufficient_privilege';
    end if;
    if exists (select from participation.response_form f where f.consultation_id = old.consultation_id and f.sealed_at is not null)
        and not (old.is_late
            and to_jsonb(new) - '{ruling,ruled_by,ruled_at,ruling_reason}'::text[] = to_jsonb(old) - '{ruling,ruled_by,ruled_at,ruling_reason}'::text[]) then
        raise exception 'The set that this response belongs to is sealed.' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger guard_response before update or delete on participation.response for each row execute function participation.guard_response();

create function participation.guard_seal() returns trigger language plpgsql as $$
begin
    if current_user = 'engagement_runtime' and old.sealed_at is not null
        and (tg_op = 'DELETE' or to_jsonb(new) - 'version' <> to_jsonb(old) - 'version') then
        raise exception 'The set of responses is sealed.' using errcode = 'insufficient_privilege';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger guard_seal before update or delete on participation.response_form for each row execute function participation.guard_seal();

-- What Participation publishes for reports: the columns never change, a new shape is v2.
create view participation.v1_responses as
select r.consultation_id, r.id as response_id, r.reference::text as reference, r.questionnaire_version, lower(r.channel) as channel,
       r.submitted_at, r.received_on, r.is_late as late, r.consent_to_publish, r.asked
  from participation.response r
 where r.withdrawn_at is null and (not r.is_late or r.ruling = 'Admitted');

create view participation.v1_answers as
select r.consultation_id, r.id as response_id, a.key as question_code,
       o.value as option_code,
       case when jsonb_typeof(a.value) = 'number' then a.value::numeric end as number,
       case when jsonb_typeof(a.value) = 'object' then (a.value ->> 'date')::date end as date,
       case when jsonb_typeof(a.value) = 'string' then a.value #>> '{}' end as text
  from participation.response r
 cross join lateral jsonb_each(r.answers) a
  left join lateral jsonb_array_elements_text(case when jsonb_typeof(a.value) = 'array' then a.value end) o(value) on true
 where r.withdrawn_at is null and (not r.is_late or r.ruling = 'Admitted');
