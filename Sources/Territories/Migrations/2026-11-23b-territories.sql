-- A territory of a programme: a named set of official places.
CREATE TABLE territory (
    id TEXT NOT NULL PRIMARY KEY,
    programme_id TEXT NOT NULL REFERENCES programme (id),
    file_key TEXT NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    UNIQUE (programme_id, slug)
) STRICT;

CREATE TABLE territory_place (
    territory_id TEXT NOT NULL REFERENCES territory (id),
    kind TEXT NOT NULL CHECK (kind IN ('commune', 'epci', 'department', 'region')),
    code TEXT NOT NULL,
    PRIMARY KEY (territory_id, kind, code)
) STRICT;
