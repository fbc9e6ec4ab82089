create table access.history (
    aggregate_id   uuid         not null,
    position       integer      not null check (position > 0),
    aggregate_type varchar(100) not null,
    event          varchar(100) not null,
    data           text         not null,
    actor          varchar(100) not null,
    reason         text,
    request_id     varchar(100) not null,
    occurred_at    timestamptz  not null,
    previous_hash  bytea        not null,
    hash           bytea        not null,
    constraint pk_history primary key (aggregate_id, position)
);

create table access.history_head (
    aggregate_id    uuid    not null constraint pk_history_head primary key,
    position        integer not null,
    hash            bytea   not null,
    sealed_position integer not null
);
create index history_head_unsealed on access.history_head (aggregate_id) where sealed_position < position;

create table access.api_client (
    id          uuid         not null constraint pk_api_client primary key,
    name        varchar(100) not null,
    scopes      text[]       not null,
    secret_hash bytea        not null check (length(secret_hash) = 32),
    disabled_at timestamptz,
    version     integer      not null
);

create table access.officer (
    id               uuid         not null constraint pk_officer primary key,
    email            varchar(254) not null,
    normalised_email varchar(254) not null,
    name             varchar(100) not null,
    roles            text[]       not null,
    password_hash    text         not null,
    version          integer      not null
);
-- One account for each address, however it is typed.
create unique index officer_email on access.officer (normalised_email);
