-- As v1_given, and last in each list what was put to the participant, so that results are counted in one pass over what is stored.
create view participation.v3_given as
select r.consultation_id, r.id as response_id,
       array_append(r.given, case when r.is_late then '!' else '?' end || array_to_string(r.asked, ',')) as given
  from participation.response r
 where r.withdrawn_at is null and (not r.is_late or r.ruling = 'Admitted');
