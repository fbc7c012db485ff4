-- Who holds the pen of an encounter, in turn: the others listen.
CREATE TABLE note_turn (
    id TEXT NOT NULL PRIMARY KEY,
    visit_id TEXT NOT NULL REFERENCES visit (id),
    encounter_id TEXT NOT NULL REFERENCES encounter (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    -- Whoever handed it over; the person themselves when they took it.
    given_by TEXT,
    since INTEGER NOT NULL,
    until INTEGER
) STRICT;
CREATE INDEX note_turn_by_visit ON note_turn (visit_id, since);
CREATE INDEX note_turn_by_person ON note_turn (person_id);
-- One person at a time.
CREATE UNIQUE INDEX note_turn_now ON note_turn (encounter_id) WHERE until IS NULL;
