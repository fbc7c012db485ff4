-- How the half-days of the programme's visits are used: the first, those between, the last.
CREATE TABLE visit_pattern (
    programme_id TEXT NOT NULL PRIMARY KEY REFERENCES programme (id),
    opening TEXT NOT NULL,
    middle TEXT NOT NULL,
    closing TEXT NOT NULL
) STRICT;

-- What visitors need to come: written for them, read by them alone.
CREATE TABLE visit_practical (
    visit_id TEXT NOT NULL PRIMARY KEY REFERENCES visit (id),
    meeting_point TEXT NOT NULL,
    travel TEXT NOT NULL,
    lodging TEXT NOT NULL,
    meals TEXT NOT NULL,
    contact TEXT NOT NULL
) STRICT;

-- Who is to be met in an encounter.
CREATE TABLE encounter_stakeholder (
    encounter_id TEXT NOT NULL REFERENCES encounter (id),
    stakeholder_id TEXT NOT NULL REFERENCES visit_stakeholder (id),
    PRIMARY KEY (encounter_id, stakeholder_id)
) STRICT;

-- A structure that was to receive the visit and does not any more.
CREATE TABLE visit_withdrawal (
    id TEXT NOT NULL PRIMARY KEY,
    visit_id TEXT NOT NULL REFERENCES visit (id),
    organization_id TEXT NOT NULL REFERENCES organization (id),
    reason TEXT NOT NULL CHECK (reason <> ''),
    noted_by TEXT,
    noted_at INTEGER NOT NULL
) STRICT;
CREATE INDEX visit_withdrawal_by_visit ON visit_withdrawal (visit_id);
