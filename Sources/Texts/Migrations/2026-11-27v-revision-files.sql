-- The images and documents that a revision shows, in order, with the hash that its own covers.
CREATE TABLE revision_file (
    revision_id TEXT NOT NULL REFERENCES revision (id),
    position INTEGER NOT NULL,
    -- Not a reference: a file that is erased leaves its hash here.
    file_id TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (revision_id, position)
) STRICT;
CREATE INDEX revision_file_by_file ON revision_file (file_id);
