-- All long writing is one kind of thing: a text with sections and immutable revisions.
CREATE TABLE text (
    id TEXT NOT NULL PRIMARY KEY,
    programme_id TEXT NOT NULL REFERENCES programme (id),
    kind TEXT NOT NULL CHECK (kind IN ('sheet', 'synthesis', 'impression', 'public_version')),
    -- What it is about: a visit.
    subject_id TEXT NOT NULL,
    -- The text that a public version is drawn from.
    drawn_from_id TEXT REFERENCES text (id),
    language TEXT NOT NULL DEFAULT 'fr',
    author_id TEXT,
    head_id TEXT,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX text_by_subject ON text (subject_id, kind);

-- What a section says, stored once whatever the number of revisions that say it.
CREATE TABLE section_content (
    hash TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL
) STRICT;

-- A revision never changes.
CREATE TABLE revision (
    id TEXT NOT NULL PRIMARY KEY,
    text_id TEXT NOT NULL REFERENCES text (id),
    number INTEGER NOT NULL,
    parent_id TEXT REFERENCES revision (id),
    title TEXT NOT NULL,
    author_id TEXT,
    created_at INTEGER NOT NULL,
    -- Why, in a few words; and whether its author declares a change of form only.
    summary TEXT NOT NULL,
    is_form_only INTEGER NOT NULL DEFAULT 0 CHECK (is_form_only IN (0, 1)),
    -- SHA-256 of the canonical form, whose version is kept with it (docs/forme-canonique.md).
    hash TEXT NOT NULL,
    canonical_version INTEGER NOT NULL,
    UNIQUE (text_id, number)
) STRICT;

CREATE TABLE revision_section (
    revision_id TEXT NOT NULL REFERENCES revision (id),
    position INTEGER NOT NULL,
    key TEXT NOT NULL,
    title TEXT NOT NULL,
    content_hash TEXT NOT NULL REFERENCES section_content (hash),
    PRIMARY KEY (revision_id, key)
) STRICT;

-- What somebody is writing and has not made a revision of: one per person and section, overwritten by each autosave.
CREATE TABLE draft (
    text_id TEXT NOT NULL REFERENCES text (id),
    section_key TEXT NOT NULL,
    person_id TEXT NOT NULL,
    base_id TEXT NOT NULL REFERENCES revision (id),
    body TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (text_id, section_key, person_id)
) STRICT;

-- Why a dimension of the grid has nothing in a synthesis.
CREATE TABLE text_blank (
    text_id TEXT NOT NULL REFERENCES text (id),
    dimension_id TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> ''),
    PRIMARY KEY (text_id, dimension_id)
) STRICT;

-- A revision sent to people: who was sent what, when.
CREATE TABLE text_sending (
    id TEXT NOT NULL PRIMARY KEY,
    revision_id TEXT NOT NULL REFERENCES revision (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    sent_at INTEGER NOT NULL
) STRICT;
CREATE INDEX text_sending_by_revision ON text_sending (revision_id);

-- Named people are asked, on one frozen revision, by a date.
CREATE TABLE validation_request (
    id TEXT NOT NULL PRIMARY KEY,
    text_id TEXT NOT NULL REFERENCES text (id),
    revision_id TEXT NOT NULL REFERENCES revision (id),
    revision_hash TEXT NOT NULL,
    deadline TEXT NOT NULL,
    asked_by TEXT,
    asked_at INTEGER NOT NULL,
    closed_at INTEGER
) STRICT;
CREATE INDEX validation_request_by_text ON validation_request (text_id, asked_at);

CREATE TABLE validator (
    request_id TEXT NOT NULL REFERENCES validation_request (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    side TEXT NOT NULL CHECK (side IN ('host', 'visitor')),
    reminded_at INTEGER,
    PRIMARY KEY (request_id, person_id)
) STRICT;

-- One answer; a later one replaces it, the earlier stays readable. No row is no answer, never a yes.
CREATE TABLE endorsement (
    id TEXT NOT NULL PRIMARY KEY,
    request_id TEXT NOT NULL REFERENCES validation_request (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    answer TEXT NOT NULL CHECK (answer IN ('endorse', 'endorse_with_reservation', 'object')),
    is_exact INTEGER NOT NULL CHECK (is_exact IN (0, 1)),
    is_publishable INTEGER NOT NULL CHECK (is_publishable IN (0, 1)),
    reservation TEXT NOT NULL,
    objection_kind TEXT CHECK (objection_kind IN ('error', 'harm', 'disagreement')),
    interests TEXT NOT NULL,
    answered_at INTEGER NOT NULL,
    -- When the officer entered an answer received otherwise: how, by whom, with which proof.
    received_by TEXT CHECK (received_by IN ('mail', 'phone', 'paper')),
    entered_by TEXT,
    proof TEXT NOT NULL DEFAULT '',
    proof_file_id TEXT REFERENCES file (id),
    replaced_at INTEGER
) STRICT;
CREATE INDEX endorsement_by_request ON endorsement (request_id, person_id);

-- What became of an objection.
CREATE TABLE objection_outcome (
    endorsement_id TEXT NOT NULL PRIMARY KEY REFERENCES endorsement (id),
    outcome TEXT NOT NULL CHECK (outcome IN ('changed', 'withdrawn', 'arbitrated')),
    revision_id TEXT REFERENCES revision (id),
    reason TEXT NOT NULL,
    -- The objector's reply, printed.
    reply TEXT NOT NULL DEFAULT '',
    decided_by TEXT,
    decided_at INTEGER NOT NULL
) STRICT;

-- The host's right of reply: printed with the text, on every publication.
CREATE TABLE right_of_reply (
    text_id TEXT NOT NULL PRIMARY KEY REFERENCES text (id),
    body TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    updated_at INTEGER NOT NULL
) STRICT;
