-- Being written: kept as it is typed, not added by its author yet. It is nobody else's, and in no count.
ALTER TABLE note_block ADD COLUMN is_begun INTEGER NOT NULL DEFAULT 0 CHECK (is_begun IN (0, 1));
