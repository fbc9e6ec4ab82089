-- What officers list, sort and search by.
alter table engagements.engagement
    add column lead_name  varchar(200),
    add column lead_email varchar(254),
    add column opens_on   date,
    add column search     tsvector generated always as (
        setweight(to_tsvector('english'::regconfig, title), 'A')
        || setweight(to_tsvector('english'::regconfig, coalesce(plan ->> 'summary', '')), 'B')) stored;
update engagements.engagement
   set lead_name = plan -> 'leadOfficer' ->> 'name',
       lead_email = lower(plan -> 'leadOfficer' ->> 'email'),
       opens_on = (plan -> 'consultationPeriod' ->> 'opensOn')::date;
create index ix_engagement_lead on engagements.engagement (lead_email);
create index ix_engagement_search on engagements.engagement using gin (search);
