-- The host says that it has finished its sheet, at one revision; what was taken back stays, with its moment.
CREATE TABLE sheet_finish (
    id TEXT NOT NULL PRIMARY KEY,
    text_id TEXT NOT NULL REFERENCES text (id),
    revision_id TEXT NOT NULL REFERENCES revision (id),
    person_id TEXT NOT NULL,
    finished_at INTEGER NOT NULL,
    withdrawn_at INTEGER
) STRICT;
CREATE UNIQUE INDEX sheet_finish_once ON sheet_finish (text_id) WHERE withdrawn_at IS NULL;
CREATE INDEX sheet_finish_by_revision ON sheet_finish (revision_id);
CREATE INDEX sheet_finish_by_person ON sheet_finish (person_id);
