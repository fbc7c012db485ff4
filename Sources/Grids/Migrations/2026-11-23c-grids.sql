CREATE TABLE grid (
    id TEXT NOT NULL PRIMARY KEY,
    programme_id TEXT NOT NULL UNIQUE REFERENCES programme (id),
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

-- A dimension is one object: question of the grid, coverage of the synthesis, facet of the library. Its key never changes.
CREATE TABLE dimension (
    id TEXT NOT NULL PRIMARY KEY,
    grid_id TEXT NOT NULL REFERENCES grid (id),
    file_key TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    description TEXT NOT NULL,
    retired_at INTEGER,
    UNIQUE (grid_id, file_key)
) STRICT;

CREATE TABLE question (
    id TEXT NOT NULL PRIMARY KEY,
    dimension_id TEXT NOT NULL REFERENCES dimension (id),
    position INTEGER NOT NULL,
    text TEXT NOT NULL CHECK (text <> ''),
    -- One probe a line.
    probes TEXT NOT NULL,
    retired_at INTEGER
) STRICT;
CREATE INDEX question_by_dimension ON question (dimension_id, position);
