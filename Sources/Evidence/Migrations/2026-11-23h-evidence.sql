-- The atom of evidence: a stretch of one revision or of one version of a block, with its exact words.
CREATE TABLE excerpt (
    id TEXT NOT NULL PRIMARY KEY,
    programme_id TEXT NOT NULL REFERENCES programme (id),
    visit_id TEXT NOT NULL REFERENCES visit (id),
    source TEXT NOT NULL CHECK (source IN ('block', 'revision')),
    source_id TEXT NOT NULL,
    -- Version of the block; for a revision, 0 and the section.
    source_version INTEGER NOT NULL,
    section_key TEXT NOT NULL DEFAULT '',
    -- Unicode code points of the stored text, 0-based, end excluded.
    start_point INTEGER NOT NULL,
    end_point INTEGER NOT NULL CHECK (end_point > start_point),
    words TEXT NOT NULL,
    words_before TEXT NOT NULL,
    words_after TEXT NOT NULL,
    manner TEXT NOT NULL CHECK (manner IN ('verbatim', 'reworded', 'observed', 'interpreted')),
    speaker TEXT,
    dimension_id TEXT REFERENCES dimension (id),
    encounter_id TEXT REFERENCES encounter (id),
    -- SHA-256 of salt and words: what the hash of a text holds, so that words can be erased and the chain kept.
    salt TEXT NOT NULL,
    commitment TEXT NOT NULL,
    attribution TEXT NOT NULL CHECK (attribution IN ('name', 'function', 'pseudonym', 'none')),
    shown_as TEXT NOT NULL,
    created_by TEXT,
    created_at INTEGER NOT NULL,
    withdrawn_at INTEGER
) STRICT;
CREATE INDEX excerpt_by_visit ON excerpt (visit_id);
CREATE INDEX excerpt_by_source ON excerpt (source_id);

-- A yes (or a no) of the person quoted, about one excerpt. No row is no consent.
CREATE TABLE consent (
    id TEXT NOT NULL PRIMARY KEY,
    excerpt_id TEXT NOT NULL REFERENCES excerpt (id),
    is_given INTEGER NOT NULL CHECK (is_given IN (0, 1)),
    asked_how TEXT NOT NULL CHECK (asked_how IN ('oral', 'paper', 'mail')),
    collected_by TEXT REFERENCES person (id),
    collected_on TEXT NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('quote', 'name')),
    -- What was shown to the person: SHA-256 of words and attribution.
    shown_hash TEXT NOT NULL,
    proof TEXT NOT NULL,
    proof_file_id TEXT REFERENCES file (id),
    recorded_at INTEGER NOT NULL,
    withdrawn_at INTEGER
) STRICT;
CREATE INDEX consent_by_excerpt ON consent (excerpt_id, recorded_at);

-- Where an excerpt is quoted: kept up to date with the head of each text.
CREATE TABLE quotation (
    excerpt_id TEXT NOT NULL REFERENCES excerpt (id),
    text_id TEXT NOT NULL REFERENCES text (id),
    section_key TEXT NOT NULL,
    PRIMARY KEY (excerpt_id, text_id, section_key)
) STRICT;
CREATE INDEX quotation_by_text ON quotation (text_id);
