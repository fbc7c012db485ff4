-- « Hors micro »: what was said on the condition that it goes no further than whoever heard it. Where it was, when its author says so.
ALTER TABLE note_version ADD COLUMN is_off_record INTEGER NOT NULL DEFAULT 0 CHECK (is_off_record IN (0, 1));
ALTER TABLE note_version ADD COLUMN place TEXT NOT NULL DEFAULT '';
-- Off the record as long as one of the versions shown is.
ALTER TABLE note_block ADD COLUMN is_off_record INTEGER NOT NULL DEFAULT 0 CHECK (is_off_record IN (0, 1));
-- It came after its author had left the visiting group: kept for them alone.
ALTER TABLE note_block ADD COLUMN apart_at INTEGER;

-- The photographs and sounds that telephones sent, so that one sent again is known.
CREATE TABLE note_media (
    block_id TEXT NOT NULL REFERENCES note_block (id),
    -- SHA-256 of what the telephone sent, before the site wrote it anew.
    hash TEXT NOT NULL,
    attachment_id TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (block_id, hash)
) STRICT;
