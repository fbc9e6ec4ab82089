-- What Engagements publishes for the public's search: only plans that were approved and have reached people, only what a plan says
-- to the public, and only where no consultation says it better. The columns never change; a new shape is v2.
create view engagements.v1_public_engagements as
select e.id as engagement_id, e.reference::text as reference, e.title::text as title, coalesce(e.plan ->> 'summary', '') as summary, e.search as search_words,
       coalesce((e.plan -> 'consultationPeriod' ->> 'opensOn')::date, t.first_told_on) as begins_on,
       (e.plan -> 'consultationPeriod' ->> 'lastDay')::date as last_day,
       t.last_told_on,
       case when e.state = 'Cancelled' then 'cancelled' when e.state = 'Live' then 'live' else 'done' end as stage,
       e.cancellation_reason,
       array(select a ->> 'name' from jsonb_array_elements(e.plan -> 'areas') a) as areas,
       array(select distinct upper(left(w, 1)) || replace(substr(w, 2), '-', ' ')
               from (select g ->> 'audience' as w from jsonb_array_elements(e.plan -> 'targetGroups') g) audiences) as audiences
  from engagements.engagement e
 cross join lateral (select min((a ->> 'heldOn')::date) as first_told_on, max((a ->> 'heldOn')::date) as last_told_on from jsonb_array_elements(e.activities) a) t
 where e.approval is not null
   and (e.state in ('Live', 'Analysing', 'AwaitingDecision', 'FedBack', 'Evaluated') or (e.state = 'Cancelled' and t.first_told_on is not null))
   and not exists (select from engagements.engagement_consultation c where c.engagement_id = e.id);
