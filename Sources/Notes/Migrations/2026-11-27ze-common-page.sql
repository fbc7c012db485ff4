-- Where the visiting group put a shared note on its common page: the note itself stays as its author wrote it.
CREATE TABLE note_place (
    block_id TEXT NOT NULL PRIMARY KEY REFERENCES note_block (id),
    -- Under which dimension; none for a note put under no dimension.
    dimension_id TEXT REFERENCES dimension (id),
    -- Smaller comes first; a note that nobody moved stands by its time.
    rank INTEGER NOT NULL,
    moved_at INTEGER NOT NULL
) STRICT;
