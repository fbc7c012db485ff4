-- A block of a field note: written by one author at one moment, named by the phone.
CREATE TABLE note_block (
    id TEXT NOT NULL PRIMARY KEY,
    visit_id TEXT NOT NULL REFERENCES visit (id),
    author_id TEXT NOT NULL REFERENCES person (id),
    -- The version shown first; when `is_twin`, another version of the same parent is kept and shown too.
    version INTEGER NOT NULL,
    is_twin INTEGER NOT NULL DEFAULT 0 CHECK (is_twin IN (0, 1)),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX note_block_by_visit ON note_block (visit_id, created_at);

-- Every version of a block stays.
CREATE TABLE note_version (
    block_id TEXT NOT NULL REFERENCES note_block (id),
    version INTEGER NOT NULL,
    -- The version it was written from (0: none), the device and its sequence: sending again changes nothing.
    base INTEGER NOT NULL,
    device_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    slot_id TEXT REFERENCES slot (id),
    encounter_id TEXT REFERENCES encounter (id),
    dimension_id TEXT REFERENCES dimension (id),
    manner TEXT NOT NULL CHECK (manner IN ('verbatim', 'reworded', 'observed', 'interpreted')),
    speaker TEXT,
    text TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    -- Shown beside the head: the other of two versions written from the same base.
    is_kept_beside INTEGER NOT NULL DEFAULT 0 CHECK (is_kept_beside IN (0, 1)),
    received_at INTEGER NOT NULL,
    -- Put aside by its author, who kept another of two versions.
    settled_at INTEGER,
    PRIMARY KEY (block_id, version),
    UNIQUE (block_id, base, fingerprint)
) STRICT;
