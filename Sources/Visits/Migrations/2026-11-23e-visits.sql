-- A learning visit. Its identifier is that of its event.
CREATE TABLE visit (
    id TEXT NOT NULL PRIMARY KEY REFERENCES event (id),
    programme_id TEXT NOT NULL REFERENCES programme (id),
    slug TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    host_id TEXT REFERENCES organization (id),
    territory_id TEXT REFERENCES territory (id),
    stage TEXT NOT NULL CHECK (stage IN ('candidate', 'planned', 'prepared', 'held', 'written_up', 'validated', 'published')),
    length_written TEXT NOT NULL,
    focus TEXT NOT NULL,
    flagship_initiative TEXT NOT NULL,
    -- « groupe de visite, sans la structure » and « groupe de visite et structure ».
    delegation_id TEXT NOT NULL UNIQUE REFERENCES scope (id),
    circle_id TEXT NOT NULL UNIQUE REFERENCES scope (id),
    -- Who signs for the host.
    signatory_id TEXT REFERENCES person (id),
    -- Why the visiting group has fewer or more people than four to six.
    size_reason TEXT NOT NULL DEFAULT '',
    invited_at INTEGER,
    created_at INTEGER NOT NULL,
    UNIQUE (programme_id, slug)
) STRICT;

CREATE TABLE visit_stakeholder (
    id TEXT NOT NULL PRIMARY KEY,
    visit_id TEXT NOT NULL REFERENCES visit (id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('initiative_lead', 'beneficiary', 'resident', 'employee', 'volunteer', 'elected_official', 'funder', 'facilitator', 'partner', 'other')),
    label TEXT NOT NULL CHECK (label <> ''),
    is_confirmed INTEGER NOT NULL DEFAULT 0 CHECK (is_confirmed IN (0, 1)),
    removed_at INTEGER
) STRICT;
CREATE INDEX visit_stakeholder_by_visit ON visit_stakeholder (visit_id, position);

-- An old address goes to the new one for ever.
CREATE TABLE visit_old_slug (
    programme_id TEXT NOT NULL REFERENCES programme (id),
    slug TEXT NOT NULL,
    visit_id TEXT NOT NULL REFERENCES visit (id),
    PRIMARY KEY (programme_id, slug)
) STRICT;

-- Who was invited to a visit, once each: by whom, when.
CREATE TABLE visit_invitation (
    visit_id TEXT NOT NULL REFERENCES visit (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    invited_by TEXT,
    invited_at INTEGER NOT NULL,
    PRIMARY KEY (visit_id, person_id)
) STRICT;
