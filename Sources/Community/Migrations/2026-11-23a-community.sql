CREATE TABLE programme (
    id TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL CHECK (title <> ''),
    summary TEXT NOT NULL,
    language TEXT NOT NULL,
    license TEXT NOT NULL,
    -- The rule of publication: is the host's signatory required, which share of the visiting group, how many days to answer.
    requires_signatory INTEGER NOT NULL DEFAULT 1 CHECK (requires_signatory IN (0, 1)),
    required_share REAL NOT NULL DEFAULT 0.5 CHECK (required_share BETWEEN 0 AND 1),
    answer_days INTEGER NOT NULL DEFAULT 21 CHECK (answer_days BETWEEN 1 AND 365),
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE phase (
    id TEXT NOT NULL PRIMARY KEY,
    programme_id TEXT NOT NULL REFERENCES programme (id),
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    -- As the file says, even when the date does not exist; the day only when it does.
    first_written TEXT, first_day TEXT,
    last_written TEXT, last_day TEXT
) STRICT;

CREATE TABLE organization (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    short_name TEXT,
    kind TEXT NOT NULL,
    fold_key TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX organization_by_fold ON organization (fold_key);

-- An organization in a programme, under the key its file gives it.
CREATE TABLE programme_organization (
    programme_id TEXT NOT NULL REFERENCES programme (id),
    organization_id TEXT NOT NULL REFERENCES organization (id),
    file_key TEXT NOT NULL,
    PRIMARY KEY (programme_id, organization_id)
) STRICT;

CREATE TABLE person_profile (
    person_id TEXT NOT NULL PRIMARY KEY REFERENCES person (id),
    function TEXT NOT NULL,
    organization_id TEXT REFERENCES organization (id),
    -- Interests declared, shown beside a validation.
    interests TEXT NOT NULL DEFAULT ''
) STRICT;

-- A named circle: the programme itself (same identifier), a group, a visit's circles.
CREATE TABLE scope (
    id TEXT NOT NULL PRIMARY KEY,
    programme_id TEXT NOT NULL REFERENCES programme (id),
    kind TEXT NOT NULL CHECK (kind IN ('programme', 'steering', 'cohort', 'group', 'delegation', 'delegation_and_host')),
    name TEXT NOT NULL
) STRICT;

-- A place in a group, by function and never by name; somebody may hold it.
CREATE TABLE seat (
    id TEXT NOT NULL PRIMARY KEY,
    scope_id TEXT NOT NULL REFERENCES scope (id),
    position INTEGER NOT NULL,
    function TEXT NOT NULL,
    organization_id TEXT REFERENCES organization (id),
    constituency TEXT,
    person_id TEXT REFERENCES person (id)
) STRICT;
CREATE INDEX seat_by_scope ON seat (scope_id, position);

-- Parts of the programme file kept whole for later capabilities: plan, funders, lenses.
CREATE TABLE programme_part (
    programme_id TEXT NOT NULL REFERENCES programme (id),
    name TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (programme_id, name)
) STRICT;

-- What the import noticed in the file, said again until somebody settles it.
CREATE TABLE finding (
    id TEXT NOT NULL PRIMARY KEY,
    programme_id TEXT NOT NULL REFERENCES programme (id),
    position INTEGER NOT NULL,
    severity TEXT NOT NULL,
    sentence_key TEXT NOT NULL,
    arguments TEXT NOT NULL
) STRICT;
