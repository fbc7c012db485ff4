-- Minutes are approved, on one revision: by the answers of those asked, or in a meeting, as somebody noted.
CREATE TABLE text_approval (
    id TEXT NOT NULL PRIMARY KEY,
    text_id TEXT NOT NULL REFERENCES text (id),
    revision_id TEXT NOT NULL REFERENCES revision (id),
    request_id TEXT REFERENCES validation_request (id),
    -- The day on which it was decided.
    day TEXT NOT NULL,
    said TEXT NOT NULL,
    noted_by TEXT,
    noted_at INTEGER NOT NULL,
    withdrawn_at INTEGER,
    CHECK (request_id IS NOT NULL OR said <> '')
) STRICT;
CREATE UNIQUE INDEX text_approval_once ON text_approval (revision_id) WHERE withdrawn_at IS NULL;
CREATE INDEX text_approval_by_text ON text_approval (text_id);

-- What is asked of whoever carries the minutes of a programme.
CREATE INDEX text_of_minutes ON text (programme_id) WHERE kind = 'minutes';
