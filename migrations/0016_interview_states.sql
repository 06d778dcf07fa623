-- by hand
-- The states of an interview are booked, held, no_show and cancelled.
UPDATE interviews SET status = 'booked' WHERE status = 'scheduled';
