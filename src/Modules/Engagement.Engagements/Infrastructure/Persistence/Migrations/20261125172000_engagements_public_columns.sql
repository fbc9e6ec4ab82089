-- What the public's search reads of a plan, kept beside it: taking 1,600 plans apart for every look at the list took longer than all the rest.
create function engagements.date_of(iso text) returns date language sql immutable strict
    return make_date(substr(iso, 1, 4)::int, substr(iso, 6, 2)::int, substr(iso, 9, 2)::int);

create function engagements.areas_of(plan jsonb) returns text[] language sql immutable
    return array(select a ->> 'name' from jsonb_array_elements(plan -> 'areas') a);

create function engagements.audiences_of(plan jsonb) returns text[] language sql immutable
    return array(select distinct upper(left(w, 1)) || replace(substr(w, 2), '-', ' ')
                   from (select g ->> 'audience' as w from jsonb_array_elements(plan -> 'targetGroups') g) audiences);

create function engagements.first_held_on(activities jsonb) returns date language sql immutable
    return (select min(engagements.date_of(a ->> 'heldOn')) from jsonb_array_elements(activities) a);

create function engagements.last_held_on(activities jsonb) returns date language sql immutable
    return (select max(engagements.date_of(a ->> 'heldOn')) from jsonb_array_elements(activities) a);

alter table engagements.engagement
    add column public_summary text not null generated always as (coalesce(plan ->> 'summary', '')) stored,
    add column public_areas text[] not null generated always as (engagements.areas_of(plan)) stored,
    add column public_audiences text[] not null generated always as (engagements.audiences_of(plan)) stored,
    add column period_opens_on date generated always as (engagements.date_of(plan -> 'consultationPeriod' ->> 'opensOn')) stored,
    add column period_last_day date generated always as (engagements.date_of(plan -> 'consultationPeriod' ->> 'lastDay')) stored,
    add column first_held_on date generated always as (engagements.first_held_on(activities)) stored,
    add column last_held_on date generated always as (engagements.last_held_on(activities)) stored;

-- The same columns with the same meaning.
create or replace view engagements.v1_public_engagements as
select e.id as engagement_id, e.reference::text as reference, e.title::text as title, e.public_summary as summary, e.search as search_words,
       coalesce(e.period_opens_on, e.first_held_on) as begins_on, e.period_last_day as last_day, e.last_held_on as last_told_on,
       case when e.state = 'Cancelled' then 'cancelled' when e.state = 'Live' then 'live' else 'done' end as stage,
       e.cancellation_reason, e.public_areas as areas, e.public_audiences as audiences
  from engagements.engagement e
 where e.approval is not null
   and (e.state in ('Live', 'Analysing', 'AwaitingDecision', 'FedBack', 'Evaluated') or (e.state = 'Cancelled' and e.first_held_on is not null))
   and not exists (select from engagements.engagement_consultation c where c.engagement_id = e.id);
