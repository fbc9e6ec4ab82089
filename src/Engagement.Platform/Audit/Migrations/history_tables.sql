-- A module's history, and where each chain of it ends. {schema} is the module's own.
create table {schema}.history (
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

create table {schema}.history_head (
    aggregate_id    uuid    not null constraint pk_history_head primary key,
    position        integer not null,
    hash            bytea   not null,
    sealed_position integer not null
);
create index history_head_unsealed on {schema}.history_head (aggregate_id) where sealed_position < position;
