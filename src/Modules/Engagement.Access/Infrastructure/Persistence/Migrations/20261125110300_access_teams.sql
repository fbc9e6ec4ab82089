create table access.team (
    id           uuid         not null constraint pk_team primary key,
    name         varchar(100) not null,
    department   varchar(100) not null,
    closed_at    timestamptz,
    successor_id uuid,
    version      integer      not null
);
-- Two open teams of one name would be taken for each other.
create unique index team_name on access.team (name) where closed_at is null;

-- A role that an officer has: everywhere, in a team, or for one engagement.
create table access.assignment (
    id            uuid        not null constraint pk_assignment primary key,
    officer_id    uuid        not null constraint fk_assignment_officer_officer_id references access.officer (id) on delete cascade,
    role          varchar(30) not null,
    team_id       uuid,
    engagement_id uuid,
    check (team_id is null or engagement_id is null)
);
create index assignment_of_officer on access.assignment (officer_id);
create index assignment_of_team on access.assignment (team_id);

insert into access.assignment (id, officer_id, role)
select gen_random_uuid(), o.id, r.role from access.officer o cross join lateral unnest(o.roles) as r (role);
alter table access.officer drop column roles;

alter table access.api_client add column created_at timestamptz;
update access.api_client c set created_at = coalesce((select min(h.occurred_at) from access.history h where h.aggregate_id = c.id), now());
alter table access.api_client alter column created_at set not null;
