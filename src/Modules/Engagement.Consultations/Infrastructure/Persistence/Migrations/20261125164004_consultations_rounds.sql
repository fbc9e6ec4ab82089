-- A consultation that is asked again is a new round, linked to the one before it.
alter table consultations.consultation
    add column round        integer not null default 1 check (round > 0),
    add column restart_of   uuid,
    add column what_changed text,
    add constraint consultation_round check ((round > 1) = (restart_of is not null) and (restart_of is null) = (what_changed is null));
create unique index consultation_restart_of on consultations.consultation (restart_of);
