-- Who asked to be told of consultations and confirmed it; whoever leaves is deleted.
create table participation.subscriber (
    id           uuid        not null constraint pk_subscriber primary key,
    address_hash bytea       not null,
    address      bytea       not null,
    confirmed_at timestamptz not null
);

create table participation.follow (
    subscriber_id uuid         not null constraint fk_follow_subscriber_subscriber_id references participation.subscriber (id) on delete cascade,
    kind          varchar(20)  not null check (kind in ('Topic', 'Area', 'Consultation')),
    value         varchar(100) not null,
    purposes      text[]       not null check (cardinality(purposes) > 0 and purposes <@ array['Opening', 'Deadline', 'Closing', 'Outcome']),
    consented_at  timestamptz  not null,
    constraint pk_follow primary key (subscriber_id, kind, value)
);
create index follow_of_what on participation.follow (kind, value);

-- Asked for and not confirmed yet, for a week.
create table participation.updates_request (
    id           uuid        not null constraint pk_updates_request primary key,
    address_hash bytea       not null,
    address      bytea       not null,
    things       jsonb       not null,
    purposes     text[]      not null,
    requested_at timestamptz not null,
    expires_at   timestamptz not null,
    confirmed_at timestamptz
);
create index updates_request_by_address on participation.updates_request (address_hash);
create index updates_request_expiry on participation.updates_request (expires_at);

-- An announcement tells first those who left an address with a response, then those who asked for updates.
alter table participation.announcement
    add column topics            text[]  not null default '{}',
    add column areas             text[]  not null default '{}',
    add column response_count    integer,
    add column outcome_due_on    date,
    add column contacts_are_told boolean not null default false,
    add column follower_up_to    uuid;
create index response_form_by_close on participation.response_form (closes_at);
