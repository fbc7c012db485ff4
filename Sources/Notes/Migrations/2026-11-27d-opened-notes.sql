-- The version that was shown when the note was opened to the visiting group, 0 while it is not open: what was written before
-- stays its author's.
ALTER TABLE note_block ADD COLUMN opened_version INTEGER NOT NULL DEFAULT 0;
UPDATE note_block SET opened_version = version
    WHERE id IN (SELECT object_id FROM access WHERE audience <> 'author');
