-- A coarser provenance: the kind of meeting would point at the person.
ALTER TABLE excerpt ADD COLUMN hides_encounter INTEGER NOT NULL DEFAULT 0 CHECK (hides_encounter IN (0, 1));
-- Where an open publication shows the words; empty when none does.
ALTER TABLE excerpt ADD COLUMN public_path TEXT NOT NULL DEFAULT '';
-- The withdrawal that a yes undid: it holds again when that yes was a mistake.
ALTER TABLE consent ADD COLUMN undid_withdrawal_at INTEGER;

-- An answer, or a withdrawal, that was entered by mistake.
CREATE TABLE consent_cancellation (
    id TEXT NOT NULL PRIMARY KEY,
    excerpt_id TEXT NOT NULL REFERENCES excerpt (id),
    -- None for a withdrawal.
    consent_id TEXT UNIQUE REFERENCES consent (id),
    reason TEXT NOT NULL CHECK (reason <> ''),
    cancelled_by TEXT,
    cancelled_at INTEGER NOT NULL
) STRICT;
CREATE INDEX consent_cancellation_by_excerpt ON consent_cancellation (excerpt_id);

-- What was cited before this was kept.
INSERT INTO note_citation (object_id, cited_at)
    SELECT source_id, MIN(created_at) FROM excerpt WHERE source = 'block' GROUP BY source_id
    UNION ALL
    SELECT revision.text_id, MIN(excerpt.created_at) FROM excerpt JOIN revision ON revision.id = excerpt.source_id
    WHERE excerpt.source = 'revision' GROUP BY revision.text_id;
