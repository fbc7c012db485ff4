-- A note may bear several dimensions of the grid, and stand on several shelves of the common page.
CREATE TABLE note_dimension (
    block_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    dimension_id TEXT NOT NULL REFERENCES dimension (id),
    PRIMARY KEY (block_id, version, dimension_id),
    FOREIGN KEY (block_id, version) REFERENCES note_version (block_id, version)
) STRICT;
INSERT INTO note_dimension (block_id, version, dimension_id)
    SELECT block_id, version, dimension_id FROM note_version WHERE dimension_id IS NOT NULL;
ALTER TABLE note_version DROP COLUMN dimension_id;

-- Where the group put a note, one row for each dimension; none as long as the note stands where its author filed it.
CREATE TABLE note_shelf (
    block_id TEXT NOT NULL REFERENCES note_block (id),
    -- None for a note put under no dimension.
    dimension_id TEXT REFERENCES dimension (id),
    -- Smaller comes first.
    rank INTEGER NOT NULL,
    moved_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX note_shelf_by_note ON note_shelf (block_id, coalesce(dimension_id, ''));
INSERT INTO note_shelf (block_id, dimension_id, rank, moved_at)
    SELECT block_id, dimension_id, rank, moved_at FROM note_place;
DROP TABLE note_place;
