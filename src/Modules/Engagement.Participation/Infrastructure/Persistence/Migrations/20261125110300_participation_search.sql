-- The words of the free texts as English stems. Bounded, because a tsvector holds a megabyte at most and no response may fail for its length.
create function participation.words_of(answers jsonb) returns tsvector language sql immutable strict parallel safe
return (select to_tsvector('pg_catalog.english', left(coalesce(string_agg(a.value #>> '{}', E'\n'), ''), 100000))
          from jsonb_each(answers) a where jsonb_typeof(a.value) = 'string');

-- Each option that was chosen, as question=option; a point of a scale is an option.
create function participation.choices_of(answers jsonb) returns text[] language sql immutable strict parallel safe
return array(select a.key || '=' || o.value
               from jsonb_each(answers) a
              cross join lateral jsonb_array_elements_text(case when jsonb_typeof(a.value) = 'array' then a.value end) o(value));

-- Officers search words and filter by what was answered, of everything that was received.
alter table participation.response add column words tsvector generated always as (participation.words_of(answers)) stored;
create index response_contents on participation.response using gin (words, participation.choices_of(answers));

-- Also counts all that was received, without reading it.
create index response_by_channel on participation.response (consultation_id, lower(channel), id) include (channel) where withdrawn_at is null;
create index response_not_in_time on participation.response (consultation_id, id) where is_late or entered_after_seal;

-- As before; the words follow from the answers, and before a row is written they are not worked out yet.
create or replace function participation.guard_response() returns trigger language plpgsql as $$
begin
    if current_user <> 'engagement_runtime' then
        return case when tg_op = 'DELETE' then old else new end;
    end if;
    if tg_op = 'DELETE' then
        raise exception 'A response is withdrawn, not deleted.' using errcode = 'insufficient_privilege';
    end if;
    if new.consultation_id <> old.consultation_id or new.id <> old.id or new.reference <> old.reference
        or new.idempotency_key <> old.idempotency_key or new.submitted_at <> old.submitted_at or new.is_late <> old.is_late
        or new.entered_after_seal <> old.entered_after_seal then
        raise exception 'Where a response came from and when never changes.' using errcode = 'insufficient_privilege';
    end if;
    if exists (select from participation.response_form f where f.consultation_id = old.consultation_id and f.sealed_at is not null)
        and not (old.is_late
            and to_jsonb(new) - '{words,ruling,ruled_by,ruled_at,ruling_reason}'::text[] = to_jsonb(old) - '{words,ruling,ruled_by,ruled_at,ruling_reason}'::text[]) then
        raise exception 'The set that this response belongs to is sealed.' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;

create view participation.v1_received as
select r.consultation_id, r.id as response_id, r.reference::text as reference, r.questionnaire_version, lower(r.channel) as channel,
       r.submitted_at, r.received_on, r.is_late as late, r.entered_after_seal,
       case when r.entered_after_seal then 'entered-after-seal'
            when not r.is_late then 'in-time'
            when r.ruling = 'Admitted' then 'late-admitted'
            when r.ruling = 'Refused' then 'late-refused'
            else 'late' end as standing,
       not r.is_late or coalesce(r.ruling = 'Admitted', false) as counted,
       r.consent_to_publish, r.answers,
       r.words, participation.choices_of(r.answers) as choices
  from participation.response r
 where r.withdrawn_at is null;
