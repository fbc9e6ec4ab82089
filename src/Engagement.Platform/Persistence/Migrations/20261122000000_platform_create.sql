-- Where every chain of history ended at a moment; a chain of its own, so that a missing end or a missing chain shows.
create table platform.seal (
    number        bigint      primary key,
    sealed_at     timestamptz not null,
    previous_hash bytea       not null,
    hash          bytea       not null
);
create table platform.sealed_head (
    seal_number  bigint  not null references platform.seal (number),
    schema_name  text    not null,
    aggregate_id uuid    not null,
    position     integer not null,
    hash         bytea   not null,
    primary key (schema_name, aggregate_id, position)
);
create index sealed_head_of_seal on platform.sealed_head (seal_number);

create table platform.outbox (
    event_id    uuid         not null constraint pk_outbox primary key,
    module      varchar(40)  not null,
    type        varchar(100) not null,
    payload     text         not null,
    occurred_at timestamptz  not null
);

create table platform.delivery (
    event_id        uuid         not null,
    subscriber      varchar(120) not null,
    sequence        bigint       generated always as identity,
    key             uuid         not null,
    attempts        integer      not null,
    next_attempt_at timestamptz  not null,
    handled_at      timestamptz,
    parked_at       timestamptz,
    error           varchar(2000),
    constraint pk_delivery primary key (event_id, subscriber)
);
-- What waits, in the order of its key: the relay asks for it at every wake.
create index delivery_waiting on platform.delivery (subscriber, key, sequence) where handled_at is null;

create function platform.wake_relay() returns trigger language plpgsql as $$
begin
    perform pg_notify('engagement_relay', '');
    return null;
end $$;
create trigger wake_relay after insert on platform.delivery for each statement execute function platform.wake_relay();

create table platform.notification (
    id              uuid         not null constraint pk_notification primary key,
    reference       varchar(200) not null,
    kind            varchar(60)  not null,
    subject_id      uuid         not null,
    recipient       bytea        not null,
    content         bytea        not null,
    queued_at       timestamptz  not null,
    not_before      timestamptz  not null,
    attempts        integer      not null,
    claimed_until   timestamptz,
    sent_at         timestamptz,
    failed_at       timestamptz,
    superseded_at   timestamptz,
    failure         varchar(500),
    channel         varchar(20)
);
-- What must not be sent twice: the reference names the occasion and the person.
create unique index notification_reference on platform.notification (reference);
create index notification_waiting on platform.notification (not_before) where sent_at is null and failed_at is null and superseded_at is null;
create index notification_of_subject on platform.notification (subject_id, kind);

create table platform.idempotency (
    scope       text        not null,
    key         text        not null,
    fingerprint bytea       not null,
    status      integer,
    headers     jsonb,
    body        bytea,
    created_at  timestamptz not null,
    primary key (scope, key)
);
create index idempotency_by_age on platform.idempotency (created_at);

create table platform.signing_key (
    id          uuid        primary key,
    public_key  bytea       not null,
    private_key bytea       not null,
    created_at  timestamptz not null,
    retired_at  timestamptz
);
-- One key signs at a time.
create unique index signing_key_active on platform.signing_key ((retired_at is null)) where retired_at is null;

create table platform.data_protection_key (
    name       text        primary key,
    xml        text        not null,
    created_at timestamptz not null
);
