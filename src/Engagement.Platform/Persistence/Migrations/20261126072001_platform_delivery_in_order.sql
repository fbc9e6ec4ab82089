-- What waits, in the order in which it was told: from either end, however much lies in between.
create index delivery_in_order on platform.delivery (sequence) where handled_at is null and parked_at is null;
