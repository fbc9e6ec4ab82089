-- What the public page must say, beside what it said before.
alter table consultations.consultation
    add column what_happens_next  text,
    add column easy_read_document varchar(120),
    add column easy_read_waiver   text,
    add column events             jsonb not null default '[]',
    add column withdrawn_at       timestamptz,
    add column search_words       tsvector not null
        generated always as (setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', summary), 'B')) stored;

update consultations.consultation c
   set withdrawn_at = (select max(h.occurred_at) from consultations.history h where h.aggregate_id = c.id and h.event = 'ConsultationWithdrawn')
 where c.status = 'Withdrawn';

-- What the public searches, and what it sees first: whatever closes soonest.
create index consultation_search on consultations.consultation using gin (search_words);
create index consultation_by_close on consultations.consultation (closes_at);
