-- Words that were erased: their hash stays, and the one of the revision that had them is not computed again.
ALTER TABLE section_content ADD COLUMN erased_at INTEGER;
