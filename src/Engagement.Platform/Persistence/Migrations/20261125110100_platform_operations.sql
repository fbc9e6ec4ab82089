-- One row for each job: when it last ran and how that went. A sweep looks every second, so that it found nothing is not written each time.
create table platform.job (
    name             varchar(60)   not null constraint pk_job primary key,
    last_run_at      timestamptz   not null,
    last_success_at  timestamptz,
    last_failure_at  timestamptz,
    last_error       varchar(2000),
    last_duration    interval      not null,
    failures_in_row  integer       not null,
    done             bigint        not null
);

-- Runs that did something or failed; the latest hundred of each job are kept.
create table platform.job_run (
    id         bigint        generated always as identity constraint pk_job_run primary key,
    job        varchar(60)   not null,
    started_at timestamptz   not null,
    ended_at   timestamptz   not null,
    done       integer       not null,
    error      varchar(2000)
);
create index job_run_of_job on platform.job_run (job, id);

create index delivery_parked on platform.delivery (parked_at) where parked_at is not null and handled_at is null;
create index notification_log on platform.notification (subject_id, id);
create index notification_failed on platform.notification (subject_id, id) where failed_at is not null;
