-- What a half-day is for, and its hours when they are not the usual ones.
ALTER TABLE slot ADD COLUMN theme TEXT NOT NULL DEFAULT '';
ALTER TABLE slot ADD COLUMN starts_at TEXT NOT NULL DEFAULT '';
ALTER TABLE slot ADD COLUMN ends_at TEXT NOT NULL DEFAULT '';
-- What calendars show of it, by its hash; how often that changed (RFC 5545, SEQUENCE), and when.
ALTER TABLE slot ADD COLUMN shown_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE slot ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0;
ALTER TABLE slot ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0;

-- Whether it takes place, as far as is known.
ALTER TABLE event ADD COLUMN state TEXT NOT NULL DEFAULT 'confirmed' CHECK (state IN ('tentative', 'confirmed', 'cancelled'));
UPDATE event SET state = 'cancelled' WHERE id IN (SELECT visit_id FROM visit_cancellation);

-- The people of an event who go apart in the same half-day.
CREATE TABLE subgroup (
    id TEXT NOT NULL PRIMARY KEY,
    event_id TEXT NOT NULL REFERENCES event (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    removed_at INTEGER
) STRICT;
CREATE INDEX subgroup_by_event ON subgroup (event_id, position);

CREATE TABLE subgroup_member (
    subgroup_id TEXT NOT NULL REFERENCES subgroup (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    takes_notes INTEGER NOT NULL DEFAULT 0 CHECK (takes_notes IN (0, 1)),
    PRIMARY KEY (subgroup_id, person_id)
) STRICT;

-- The sub-group that goes to an encounter (all go when it is empty), its end, who takes notes in it.
ALTER TABLE encounter ADD COLUMN subgroup_id TEXT REFERENCES subgroup (id);
ALTER TABLE encounter ADD COLUMN ends_at TEXT NOT NULL DEFAULT '';
CREATE TABLE note_taker (
    encounter_id TEXT NOT NULL REFERENCES encounter (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    PRIMARY KEY (encounter_id, person_id)
) STRICT;

-- Who says that they come: an intention, which is no presence.
CREATE TABLE registration (
    event_id TEXT NOT NULL REFERENCES event (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    answer TEXT NOT NULL CHECK (answer IN ('yes', 'no')),
    said_by TEXT,
    said_at INTEGER NOT NULL,
    PRIMARY KEY (event_id, person_id)
) STRICT;

-- A sheet signed on paper, as it was scanned or photographed.
CREATE TABLE attendance_paper (
    id TEXT NOT NULL PRIMARY KEY,
    event_id TEXT NOT NULL REFERENCES event (id),
    slot_id TEXT REFERENCES slot (id),
    file_id TEXT NOT NULL REFERENCES file (id),
    name TEXT NOT NULL,
    added_by TEXT,
    added_at INTEGER NOT NULL,
    removed_at INTEGER
) STRICT;

-- Somebody was there for a half-day: signed when, how, entered by whom. One that was taken back stays.
CREATE TABLE signature (
    id TEXT NOT NULL PRIMARY KEY,
    event_id TEXT NOT NULL REFERENCES event (id),
    slot_id TEXT NOT NULL REFERENCES slot (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    signed_at INTEGER NOT NULL,
    means TEXT NOT NULL CHECK (means IN ('self', 'beside', 'paper')),
    author_id TEXT,
    -- The name that was typed on somebody else's phone.
    typed TEXT NOT NULL DEFAULT '',
    paper_id TEXT REFERENCES attendance_paper (id),
    withdrawn_at INTEGER,
    withdrawn_by TEXT
) STRICT;
CREATE UNIQUE INDEX signature_once ON signature (slot_id, person_id) WHERE withdrawn_at IS NULL;
CREATE INDEX signature_by_event ON signature (event_id);

-- Which dates suit whom, before the dates of an event are set.
CREATE TABLE poll (
    id TEXT NOT NULL PRIMARY KEY,
    programme_id TEXT NOT NULL REFERENCES programme (id),
    event_id TEXT NOT NULL REFERENCES event (id),
    half_days INTEGER NOT NULL CHECK (half_days BETWEEN 1 AND 14),
    message TEXT NOT NULL,
    answer_by TEXT,
    asked_by TEXT,
    asked_at INTEGER NOT NULL,
    chosen_id TEXT,
    closed_by TEXT,
    closed_at INTEGER
) STRICT;
CREATE INDEX poll_by_event ON poll (event_id, asked_at);

CREATE TABLE poll_option (
    id TEXT NOT NULL PRIMARY KEY,
    poll_id TEXT NOT NULL REFERENCES poll (id),
    day TEXT NOT NULL,
    half TEXT NOT NULL CHECK (half IN ('am', 'pm')),
    UNIQUE (poll_id, day, half)
) STRICT;

CREATE TABLE poll_person (
    poll_id TEXT NOT NULL REFERENCES poll (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    comment TEXT NOT NULL DEFAULT '',
    answered_at INTEGER,
    PRIMARY KEY (poll_id, person_id)
) STRICT;

CREATE TABLE poll_answer (
    option_id TEXT NOT NULL REFERENCES poll_option (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    answer TEXT NOT NULL CHECK (answer IN ('yes', 'maybe', 'no')),
    PRIMARY KEY (option_id, person_id)
) STRICT;

-- The address under which somebody's agenda asks for their events: the secret by its hash, and sealed to be shown again.
CREATE TABLE calendar_feed (
    person_id TEXT NOT NULL PRIMARY KEY REFERENCES person (id),
    secret_hash TEXT NOT NULL UNIQUE,
    sealed BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
