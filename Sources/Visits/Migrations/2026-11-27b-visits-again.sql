-- The size of the group that the reason was given for: « visitors/people in the room ».
ALTER TABLE visit ADD COLUMN reason_size TEXT NOT NULL DEFAULT '';
UPDATE visit SET reason_size =
    (SELECT COUNT(*) FROM membership WHERE scope_id = visit.delegation_id AND role = 'visitor' AND until IS NULL) || '/'
    || (SELECT COUNT(*) FROM membership WHERE scope_id = visit.delegation_id AND role IN ('visitor', 'staff') AND until IS NULL)
    WHERE size_reason <> '';

-- The half-days that the person was told; empty for invitations that left before this was kept.
ALTER TABLE visit_invitation ADD COLUMN dates TEXT NOT NULL DEFAULT '';

-- A visit that will not take place, for now: who said so, why.
CREATE TABLE visit_cancellation (
    visit_id TEXT NOT NULL PRIMARY KEY REFERENCES visit (id),
    reason TEXT NOT NULL CHECK (reason <> ''),
    cancelled_by TEXT,
    cancelled_at INTEGER NOT NULL
) STRICT;

-- Structures that receive the visit with its host.
CREATE TABLE visit_co_host (
    visit_id TEXT NOT NULL REFERENCES visit (id),
    organization_id TEXT NOT NULL REFERENCES organization (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (visit_id, organization_id)
) STRICT;
