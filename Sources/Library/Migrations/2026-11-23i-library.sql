-- A text in the commons: one revision, at a stable address. It opens on its day, once; a repair closes it again.
CREATE TABLE publication (
    id TEXT NOT NULL PRIMARY KEY,
    programme_id TEXT NOT NULL REFERENCES programme (id),
    text_id TEXT NOT NULL UNIQUE REFERENCES text (id),
    revision_id TEXT NOT NULL REFERENCES revision (id),
    -- The validation it rests on; nothing for what was made for a measure.
    request_id TEXT REFERENCES validation_request (id),
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    lede TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL,
    license TEXT NOT NULL CHECK (license <> ''),
    -- One author a line, as they wish to be named.
    authors TEXT NOT NULL CHECK (authors <> ''),
    territory_id TEXT NOT NULL REFERENCES territory (id),
    -- « Ne pas publier avant ».
    not_before TEXT,
    version INTEGER NOT NULL,
    published_by TEXT,
    published_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    -- When anybody could read it for the first time; nothing while it is scheduled.
    opened_at INTEGER,
    unpublished_at INTEGER,
    unpublished_reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX publication_by_date ON publication (opened_at);
CREATE INDEX publication_by_territory ON publication (territory_id);

-- An old address goes to the new one for ever.
CREATE TABLE publication_old_slug (
    slug TEXT NOT NULL PRIMARY KEY,
    publication_id TEXT NOT NULL REFERENCES publication (id)
) STRICT;

CREATE TABLE publication_dimension (
    publication_id TEXT NOT NULL REFERENCES publication (id),
    dimension_id TEXT NOT NULL REFERENCES dimension (id),
    PRIMARY KEY (publication_id, dimension_id)
) STRICT;
CREATE INDEX publication_by_dimension ON publication_dimension (dimension_id);

-- The host did not answer by the deadline: the steering group decided, and says why.
CREATE TABLE publication_arbitration (
    request_id TEXT NOT NULL PRIMARY KEY REFERENCES validation_request (id),
    reason TEXT NOT NULL CHECK (reason <> ''),
    decided_by TEXT,
    decided_at INTEGER NOT NULL
) STRICT;
