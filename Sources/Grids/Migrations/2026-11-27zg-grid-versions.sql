-- What a researcher prepares: one draft a grid, JSON. A version is made of it on purpose.
CREATE TABLE grid_draft (
    grid_id TEXT NOT NULL PRIMARY KEY REFERENCES grid (id),
    content TEXT NOT NULL,
    updated_by TEXT,
    updated_at INTEGER NOT NULL
) STRICT;

-- A version never changes. The number of the one in use is in `grid`; 0 while there is none, and the first may come from the
-- file of the programme, without a row here.
CREATE TABLE grid_version (
    id TEXT NOT NULL PRIMARY KEY,
    grid_id TEXT NOT NULL REFERENCES grid (id),
    number INTEGER NOT NULL,
    -- JSON, and its SHA-256.
    content TEXT NOT NULL,
    hash TEXT NOT NULL,
    summary TEXT NOT NULL,
    frozen_by TEXT,
    frozen_at INTEGER NOT NULL,
    -- The revision of the text in which people read and validate it.
    text_id TEXT,
    revision_id TEXT,
    adopted_at INTEGER,
    UNIQUE (grid_id, number)
) STRICT;
CREATE INDEX grid_version_by_revision ON grid_version (revision_id);

-- What members say of a question or of a dimension, drafted or in use.
CREATE TABLE grid_comment (
    id TEXT NOT NULL PRIMARY KEY,
    grid_id TEXT NOT NULL REFERENCES grid (id),
    subject_id TEXT NOT NULL,
    author_id TEXT NOT NULL REFERENCES person (id),
    body TEXT NOT NULL,
    written_at INTEGER NOT NULL,
    -- Taken into account, or answered, by the researcher; taken away by its author.
    reply TEXT NOT NULL DEFAULT '',
    settled_by TEXT,
    settled_at INTEGER,
    removed_at INTEGER
) STRICT;
CREATE INDEX grid_comment_by_subject ON grid_comment (grid_id, subject_id, written_at);
CREATE INDEX grid_comment_by_author ON grid_comment (author_id);

-- The name of a question in files.
ALTER TABLE question ADD COLUMN file_key TEXT NOT NULL DEFAULT '';

-- A grid is read by whoever reads its programme.
INSERT INTO access (object_id, kind, programme_id, author_id, scope_id, audience, withdrawn_at)
SELECT id, 'grid', programme_id, NULL, programme_id, 'public', NULL FROM grid;
