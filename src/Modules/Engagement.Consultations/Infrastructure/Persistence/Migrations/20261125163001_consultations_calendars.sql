-- Days that the council has recorded. Rows are never deleted; what was wrong is withdrawn with a reason.
create table consultations.calendar_entry (
    id                uuid         not null constraint pk_calendar_entry primary key,
    version           integer      not null,
    kind              varchar(20)  not null check (kind in ('BankHoliday', 'SchoolBreak', 'Poll', 'Closure')),
    title             varchar(120) not null,
    first_day         date         not null,
    last_day          date         not null check (last_day >= first_day),
    notice_on         date         check (notice_on < first_day),
    source            varchar(500) not null check (source <> ''),
    source_address    varchar(500),
    recorded_by       varchar(100) not null,
    recorded_at       timestamptz  not null,
    recorded_as       integer      not null check (recorded_as > 0),
    withdrawn_at      timestamptz,
    withdrawn_as      integer      check (withdrawn_as > recorded_as),
    withdrawn_by      varchar(100),
    withdrawal_reason text,
    check (kind = 'Poll' or notice_on is null),
    check (kind not in ('BankHoliday', 'Poll') or last_day = first_day),
    check ((withdrawn_at is null) = (withdrawal_reason is null)),
    check ((withdrawn_at is null) = (withdrawn_as is null))
);
-- Nothing is recorded twice.
create unique index calendar_entry_days on consultations.calendar_entry (kind, first_day) where withdrawn_at is null;

-- How many times the calendar had been changed when a timetable was counted. What was recorded before there was one: never.
alter table consultations.timetable add column calendar_changes integer not null default 0;

-- Whether a recorded timetable would have other dates by the calendar as it is now.
create table consultations.timetable_check (
    consultation_id   uuid        not null constraint pk_timetable_check primary key,
    timetable_version integer     not null,
    calendar_changes  integer     not null,
    checked_at        timestamptz not null,
    is_moved          boolean     not null,
    move              jsonb       not null
);
-- What an officer should look at.
create index timetable_check_moved on consultations.timetable_check (consultation_id) where is_moved;

-- What the council asks of itself beyond the law: one regime in the shape of the program's own files.
create table consultations.local_regime (
    id             uuid         not null constraint pk_local_regime primary key,
    version        integer      not null,
    code           varchar(60)  not null check (code ~ '^local-[a-z0-9]+(-[a-z0-9]+)*$'),
    definition     text         not null,
    source         varchar(500) not null check (source <> ''),
    source_address varchar(500),
    recorded_on    date         not null
);
create unique index local_regime_code on consultations.local_regime (code);

-- The address at which an officer's calendar program reads the dates; the key itself is kept nowhere.
create table consultations.date_feed (
    id         uuid        not null constraint pk_date_feed primary key,
    version    integer     not null,
    officer_id uuid        not null,
    key_hash   bytea       not null,
    opened_at  timestamptz not null,
    closed_at  timestamptz
);
create unique index date_feed_of_officer on consultations.date_feed (officer_id);
create unique index date_feed_key on consultations.date_feed (key_hash);
