-- Images and documents that things carry: texts, blocks of notes, visits.
CREATE TABLE attachment (
    id TEXT NOT NULL PRIMARY KEY,
    owner_kind TEXT NOT NULL CHECK (owner_kind IN ('text', 'note', 'visit')),
    owner_id TEXT NOT NULL,
    programme_id TEXT NOT NULL,
    -- What was received: under which name, from whom.
    name TEXT NOT NULL,
    added_by TEXT,
    added_at INTEGER NOT NULL,
    -- The document; or the image at its larger and its smaller width, what was received is not kept.
    file_id TEXT NOT NULL REFERENCES file (id),
    small_file_id TEXT REFERENCES file (id),
    width INTEGER,
    height INTEGER,
    small_width INTEGER,
    -- What is said of it.
    alternative TEXT NOT NULL DEFAULT '',
    is_decorative INTEGER NOT NULL DEFAULT 0 CHECK (is_decorative IN (0, 1)),
    caption TEXT NOT NULL DEFAULT '',
    credit TEXT NOT NULL DEFAULT '',
    -- Whether people can be recognised on it, and what they agreed to.
    people TEXT NOT NULL DEFAULT 'none' CHECK (people IN ('none', 'pending', 'agreed')),
    agreement TEXT NOT NULL DEFAULT '',
    -- Taken away by somebody, or used by nothing since: it goes for good after a while.
    removed_at INTEGER,
    unused_since INTEGER,
    CHECK ((small_file_id IS NULL) = (width IS NULL)),
    CHECK (people <> 'agreed' OR agreement <> '')
) STRICT;
CREATE INDEX attachment_by_owner ON attachment (owner_id);
CREATE INDEX attachment_by_programme ON attachment (programme_id);
CREATE INDEX attachment_by_file ON attachment (file_id);
CREATE INDEX attachment_by_small_file ON attachment (small_file_id);
