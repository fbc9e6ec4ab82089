-- Outcomes that were published before this version, and of which a subscriber has not been told yet, are told of in the new shape.
update platform.outbox o
   set type = 'OutcomePublishedV2',
       payload = (o.payload::jsonb || jsonb_build_object(
           'closesTheLoop', jsonb_array_length(v.content -> 'themes') > 0 or (v.content ->> 'responses')::int = 0))::text
  from closing_the_loop.outcome_version v
 where o.type = 'OutcomePublishedV1'
   and v.consultation_id = (o.payload::jsonb ->> 'consultationId')::uuid
   and v.number = (o.payload::jsonb ->> 'outcomeVersion')::int
   and exists (select from platform.delivery d where d.event_id = o.event_id and d.handled_at is null);
