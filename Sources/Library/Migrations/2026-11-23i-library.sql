-- A text in the commons: one revision, at a stable address.
CREATE TABLE publication (
    id TEXT NOT NULL PRIMARY KEY,
    programme_id TEXT NOT NULL REFERENCES programme (id),
    text_id TEXT NOT NULL UNIQUE REFERENCES text (id),
    revision_id TEXT NOT NULL REFERENCES revision (id),
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
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
    unpublished_at INTEGER
) STRICT;
CREATE INDEX publication_by_date ON publication (published_at);

CREATE TABLE publication_old_slug (
    slug TEXT NOT NULL PRIMARY KEY,
    publication_id TEXT NOT NULL REFERENCES publication (id)
) STRICT;

CREATE TABLE publication_dimension (
    publication_id TEXT NOT NULL REFERENCES publication (id),
    dimension_id TEXT NOT NULL REFERENCES dimension (id),
    PRIMARY KEY (publication_id, dimension_id)
) STRICT;
