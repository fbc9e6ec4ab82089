-- What an officer's list of work asks for across all consultations; it is nearly empty.
create index response_waiting_for_ruling on participation.response (consultation_id) where is_late and ruling is null and withdrawn_at is null;
