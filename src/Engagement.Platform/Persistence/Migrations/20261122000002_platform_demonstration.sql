-- That a load of the demonstration council began, and that it ended: half of one must not look like a whole one.
create table platform.demonstration (
    only_one     boolean     primary key default true check (only_one),
    id           uuid        not null,
    started_at   timestamptz not null,
    completed_at timestamptz
);
