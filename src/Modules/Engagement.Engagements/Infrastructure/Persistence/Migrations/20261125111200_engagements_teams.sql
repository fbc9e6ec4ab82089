-- To whom an engagement belongs: ids of teams, which the module Access keeps.
alter table engagements.engagement add column team_ids uuid[] not null default '{}';
alter table engagements.engagement alter column team_ids drop default;
