-- Words that were erased, whole or in part: those that an excerpt took are not looked for there any more.
ALTER TABLE note_version ADD COLUMN erased_at INTEGER;
