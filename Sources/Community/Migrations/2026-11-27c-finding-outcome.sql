-- What became of a thing noticed in the file: settled, by whom, with a word on what was decided. Reopened, the row goes.
CREATE TABLE finding_outcome (
    finding_id TEXT NOT NULL PRIMARY KEY REFERENCES finding (id),
    decision TEXT NOT NULL CHECK (decision <> ''),
    settled_by TEXT REFERENCES person (id),
    settled_at INTEGER NOT NULL
) STRICT;
