-- Long work: who asked for what, how far it is, and what came of it.
create table platform.work (
    id                  uuid          not null constraint pk_work primary key,
    version             integer       not null,
    kind                varchar(60)   not null,
    title               varchar(300)  not null,
    asked_by            varchar(100)  not null,
    about               uuid,
    parameters          jsonb         not null,
    state               varchar(10)   not null,
    attempts            integer       not null,
    done                bigint        not null,
    total               bigint,
    message             varchar(1000),
    queued_at           timestamptz   not null,
    started_at          timestamptz,
    finished_at         timestamptz,
    lease_until         timestamptz,
    cancel_requested_at timestamptz,
    file_name           varchar(200),
    file_type           varchar(100),
    file_size           bigint,
    expires_at          timestamptz,
    cleared_at          timestamptz
);
-- What a worker asks for every second.
create index work_unfinished on platform.work (queued_at) where state in ('Queued', 'Running');
create index work_of_asker on platform.work (asked_by, queued_at);
create index work_to_clear on platform.work (expires_at) where cleared_at is null;

-- The result, in pieces that fit into memory, each encrypted by the master key. Each attempt writes pieces of its own.
create table platform.work_chunk (
    work_id uuid    not null references platform.work (id) on delete cascade,
    attempt integer not null,
    number  integer not null,
    content bytea   not null,
    primary key (work_id, attempt, number)
);
-- Encrypted bytes do not compress.
alter table platform.work_chunk alter column content set storage external;
