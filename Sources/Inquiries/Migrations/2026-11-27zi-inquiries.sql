-- What a visit changes in the common grid, for itself alone: the questions of the core stay as they are. Proposed by those of the
-- visit, approved by a researcher.
CREATE TABLE grid_change (
    id TEXT NOT NULL PRIMARY KEY,
    visit_id TEXT NOT NULL REFERENCES visit (id),
    kind TEXT NOT NULL CHECK (kind IN ('add', 'reword', 'skip', 'move')),
    -- The question of the core; none for one that is added, whose identifier for ever is that of this row.
    question_id TEXT REFERENCES question (id),
    dimension_id TEXT NOT NULL REFERENCES dimension (id),
    text TEXT NOT NULL DEFAULT '',
    -- One probe a line.
    probes TEXT NOT NULL DEFAULT '',
    -- Of one that is moved: where it stands in its dimension, from 1.
    place INTEGER,
    reason TEXT NOT NULL DEFAULT '',
    proposed_by TEXT,
    proposed_at INTEGER NOT NULL,
    outcome TEXT CHECK (outcome IN ('approved', 'refused', 'withdrawn')),
    decision TEXT NOT NULL DEFAULT '',
    decided_by TEXT,
    decided_at INTEGER,
    CHECK ((kind = 'add') = (question_id IS NULL)),
    CHECK (kind <> 'skip' OR reason <> '')
) STRICT;
CREATE INDEX grid_change_by_visit ON grid_change (visit_id, proposed_at);

-- The grid that a researcher settled for a visit: the core as it was then. What was asked stays what was asked.
CREATE TABLE visit_grid (
    visit_id TEXT NOT NULL PRIMARY KEY REFERENCES visit (id),
    version INTEGER NOT NULL,
    content TEXT NOT NULL,
    settled_by TEXT,
    settled_at INTEGER NOT NULL
) STRICT;

-- Which questions the free text of a note answers: of the core, even retired since, or added by a visit.
CREATE TABLE answer_tag (
    block_id TEXT NOT NULL,
    question_id TEXT NOT NULL,
    tagged_by TEXT,
    tagged_at INTEGER NOT NULL,
    PRIMARY KEY (block_id, question_id)
) STRICT;
CREATE INDEX answer_tag_by_question ON answer_tag (question_id);

-- Why a question has no answer in a visit.
CREATE TABLE question_blank (
    visit_id TEXT NOT NULL REFERENCES visit (id),
    question_id TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> ''),
    noted_by TEXT,
    noted_at INTEGER NOT NULL,
    PRIMARY KEY (visit_id, question_id)
) STRICT;
