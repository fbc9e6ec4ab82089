-- A page is kept by one statement that finds out by itself whether somebody else has written meanwhile.
alter table participation.draft add column version integer not null default 1 check (version > 0);
