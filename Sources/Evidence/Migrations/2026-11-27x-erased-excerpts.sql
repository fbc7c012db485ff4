-- Words that were erased: the commitment stays, it tells nothing without the salt.
ALTER TABLE excerpt ADD COLUMN erased_at INTEGER;
