-- What was perhaps sent by a program: marked for officers, counted like every other. Null, and so without a byte, for everybody else.
alter table participation.response add column automation_sign varchar(10) check (automation_sign in ('Trap', 'Pace'));
create index response_suspected on participation.response (consultation_id, id) where automation_sign is not null;

-- One row a response that was received and carries a sign.
create view participation.v1_suspected as
select r.consultation_id, r.id as response_id, lower(r.automation_sign) as sign
  from participation.response r
 where r.automation_sign is not null and r.withdrawn_at is null;
