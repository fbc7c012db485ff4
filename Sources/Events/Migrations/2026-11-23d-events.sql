CREATE TABLE event (
    id TEXT NOT NULL PRIMARY KEY,
    programme_id TEXT NOT NULL REFERENCES programme (id),
    kind TEXT NOT NULL CHECK (kind IN ('visit', 'seminar', 'committee', 'restitution')),
    title TEXT NOT NULL CHECK (title <> ''),
    place TEXT NOT NULL,
    mode TEXT NOT NULL DEFAULT 'on_site' CHECK (mode IN ('on_site', 'remote', 'hybrid')),
    zone TEXT NOT NULL DEFAULT 'Europe/Paris',
    -- As the file says (« entre les visites »), when there is no date yet.
    period_written TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX event_by_programme ON event (programme_id, kind, position);

-- A half-day of an event. One that is taken off stays, for the notes taken in it.
CREATE TABLE slot (
    id TEXT NOT NULL PRIMARY KEY,
    event_id TEXT NOT NULL REFERENCES event (id),
    day TEXT NOT NULL,
    half TEXT NOT NULL CHECK (half IN ('am', 'pm')),
    removed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX slot_once ON slot (event_id, day, half) WHERE removed_at IS NULL;

-- A meeting with people inside a half-day.
CREATE TABLE encounter (
    id TEXT NOT NULL PRIMARY KEY,
    event_id TEXT NOT NULL REFERENCES event (id),
    slot_id TEXT REFERENCES slot (id),
    position INTEGER NOT NULL,
    title TEXT NOT NULL CHECK (title <> ''),
    -- The kind of people met, said to readers in place of who they are.
    kind TEXT NOT NULL,
    place TEXT NOT NULL,
    starts_at TEXT NOT NULL DEFAULT '',
    -- Taken off, and put back by an undo: the notes that name it keep their source.
    removed_at INTEGER
) STRICT;
CREATE INDEX encounter_by_event ON encounter (event_id, position);
