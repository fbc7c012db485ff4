-- Who pays for a visit: a funder, or a source in words.
CREATE TABLE cost_funding (
    id TEXT NOT NULL PRIMARY KEY,
    visit_id TEXT NOT NULL REFERENCES visit (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    removed_at INTEGER
) STRICT;
CREATE INDEX cost_funding_by_visit ON cost_funding (visit_id, position);

-- The most that a funding pays, by kind of cost, in cents.
CREATE TABLE cost_ceiling (
    funding_id TEXT NOT NULL REFERENCES cost_funding (id),
    kind TEXT NOT NULL CHECK (kind IN ('travel', 'lodging', 'meals')),
    cents INTEGER NOT NULL CHECK (cents >= 0),
    PRIMARY KEY (funding_id, kind)
) STRICT;

-- A cost that somebody bore for a visit and asks back.
CREATE TABLE cost_claim (
    id TEXT NOT NULL PRIMARY KEY,
    visit_id TEXT NOT NULL REFERENCES visit (id),
    claimant_id TEXT NOT NULL REFERENCES person (id),
    -- Who typed it, when it is not the claimant.
    entered_by TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('travel', 'lodging', 'meals')),
    spent_on TEXT NOT NULL,
    cents INTEGER NOT NULL CHECK (cents > 0),
    words TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('claimed', 'accepted', 'refused', 'paid', 'withdrawn')),
    -- What is paid back of it, and out of which funding.
    accepted_cents INTEGER CHECK (accepted_cents > 0 AND accepted_cents <= cents),
    funding_id TEXT REFERENCES cost_funding (id),
    reason TEXT NOT NULL DEFAULT '',
    decided_by TEXT,
    decided_at INTEGER,
    paid_on TEXT,
    created_at INTEGER NOT NULL,
    CHECK ((state IN ('accepted', 'paid')) = (accepted_cents IS NOT NULL)),
    CHECK ((state = 'paid') = (paid_on IS NOT NULL))
) STRICT;
CREATE INDEX cost_claim_by_visit ON cost_claim (visit_id, spent_on);
CREATE INDEX cost_claim_by_claimant ON cost_claim (claimant_id);

-- The receipts of a claim: files, kept by content.
CREATE TABLE cost_receipt (
    id TEXT NOT NULL PRIMARY KEY,
    claim_id TEXT NOT NULL REFERENCES cost_claim (id),
    file_id TEXT NOT NULL REFERENCES file (id),
    name TEXT NOT NULL,
    added_by TEXT,
    added_at INTEGER NOT NULL,
    removed_at INTEGER
) STRICT;
CREATE INDEX cost_receipt_by_claim ON cost_receipt (claim_id);

-- Money given to somebody before they spent it.
CREATE TABLE cost_advance (
    id TEXT NOT NULL PRIMARY KEY,
    visit_id TEXT NOT NULL REFERENCES visit (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    cents INTEGER NOT NULL CHECK (cents > 0),
    paid_on TEXT NOT NULL,
    words TEXT NOT NULL,
    entered_by TEXT,
    created_at INTEGER NOT NULL,
    removed_at INTEGER
) STRICT;
CREATE INDEX cost_advance_by_visit ON cost_advance (visit_id);
