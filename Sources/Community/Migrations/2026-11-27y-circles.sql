-- The circles of a programme.
CREATE INDEX scope_by_programme ON scope (programme_id);
