-- Which version of a paper was public when, who added it, and what came while people were answering.
alter table consultations.document
    add column added_by    varchar(100),
    add column public_from timestamptz,
    add column late_reason text,
    add column days_left   integer check (days_left >= 0),
    add constraint document_late check ((late_reason is null) = (days_left is null));

update consultations.document d
   set public_from = greatest(d.added_at, c.first_published_at)
  from consultations.consultation c
 where c.id = d.consultation_id and c.first_published_at is not null and (d.retired_at is null or d.retired_at > c.first_published_at);

update consultations.document d
   set added_by = h.actor
  from consultations.history h
 where h.aggregate_id = d.consultation_id and h.event = 'DocumentAdded' and h.data::jsonb ->> 'documentId' = d.id::text;
