-- As v1_given, and beside it what was asked: two questions are counted against each other in one pass, no answer and not asked kept apart.
create view participation.v2_given as
select r.consultation_id, r.id as response_id, r.asked::text[] as asked, r.given
  from participation.response r
 where r.withdrawn_at is null and (not r.is_late or r.ruling = 'Admitted');
