-- Responses per day and channel, counted from the index alone: it holds a few values many times over, so it stays small.
create index response_arrivals on participation.response (consultation_id, received_on, channel, is_late, ruling) where withdrawn_at is null;
