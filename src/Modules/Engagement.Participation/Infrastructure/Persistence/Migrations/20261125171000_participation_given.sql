-- What a report counts of a response, without its words: q1=yes for each option or point of a scale, q4+2 where so many options were chosen at once, q8:3 for a
-- number, q5@2026-11-20 for a date, q9~ for a text. So frequencies are one pass over short lists, and nobody takes a document apart a million times.
create function participation.given_of(answers jsonb) returns text[] language sql immutable strict parallel safe
return array(select a.key || case jsonb_typeof(a.value) when 'array' then '=' || o.value when 'number' then ':' || a.value::text when 'object' then '@' || (a.value ->> 'date') else '~' end
               from jsonb_each(answers) a
               left join lateral jsonb_array_elements_text(case when jsonb_typeof(a.value) = 'array' then a.value end) o(value) on true
             union all
             select a.key || '+' || n
               from jsonb_each(answers) a
              cross join lateral (select case when jsonb_typeof(a.value) = 'array' then jsonb_array_length(a.value) end) l(n)
              where n > 1);

alter table participation.response add column given text[] generated always as (participation.given_of(answers)) stored;

-- As before; words and what was given follow from the answers, and before a row is written they are not worked out yet.
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
            and to_jsonb(new) - '{words,given,ruling,ruled_by,ruled_at,ruling_reason}'::text[] = to_jsonb(old) - '{words,given,ruling,ruled_by,ruled_at,ruling_reason}'::text[]) then
        raise exception 'The set that this response belongs to is sealed.' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;

create view participation.v1_given as
select r.consultation_id, r.id as response_id, r.given
  from participation.response r
 where r.withdrawn_at is null and (not r.is_late or r.ruling = 'Admitted');
