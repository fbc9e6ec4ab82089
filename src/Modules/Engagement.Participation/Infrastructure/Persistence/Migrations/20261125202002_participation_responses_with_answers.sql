-- As v1_responses, and the answers as they are stored: a file of all responses is one row each, and nobody puts it together from a row for each answer.
create view participation.v2_responses as
select r.consultation_id, r.id as response_id, r.reference::text as reference, r.questionnaire_version, lower(r.channel) as channel,
       r.submitted_at, r.received_on, r.is_late as late, r.consent_to_publish, r.asked, r.answers
  from participation.response r
 where r.withdrawn_at is null and (not r.is_late or r.ruling = 'Admitted');
