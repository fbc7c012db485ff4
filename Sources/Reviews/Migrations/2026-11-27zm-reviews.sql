-- The collective review of a visit: what those who were there say together, on the last afternoon.
CREATE TABLE review (
    id TEXT NOT NULL PRIMARY KEY,
    visit_id TEXT NOT NULL UNIQUE REFERENCES visit (id),
    programme_id TEXT NOT NULL REFERENCES programme (id),
    begun_by TEXT,
    begun_at INTEGER NOT NULL,
    -- Since when the host reads it; nobody of the host does before.
    opened_at INTEGER,
    closed_at INTEGER,
    closed_by TEXT,
    -- Of the canonical form of its lines, once closed: nothing of it changes any more.
    hash TEXT,
    CHECK ((closed_at IS NULL) = (hash IS NULL))
) STRICT;

-- Who was expected there, as the visiting group and the host were when it began, and who was there.
CREATE TABLE review_person (
    review_id TEXT NOT NULL REFERENCES review (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    side TEXT NOT NULL CHECK (side IN ('visitor', 'staff', 'host')),
    was_there INTEGER NOT NULL DEFAULT 1 CHECK (was_there IN (0, 1)),
    PRIMARY KEY (review_id, person_id)
) STRICT;

-- What one person wrote in one part. A line that is written anew is another row: the one before stays, replaced.
CREATE TABLE review_line (
    id TEXT NOT NULL PRIMARY KEY,
    review_id TEXT NOT NULL REFERENCES review (id),
    part TEXT NOT NULL CHECK (part IN ('results', 'methods', 'learning', 'advice')),
    position INTEGER NOT NULL,
    author_id TEXT NOT NULL REFERENCES person (id),
    -- Who learnt it: the part « learning » has one line for each.
    about_id TEXT REFERENCES person (id),
    text TEXT NOT NULL,
    written_at INTEGER NOT NULL,
    replaced_at INTEGER,
    removed_at INTEGER,
    erased_at INTEGER,
    CHECK ((part = 'learning') = (about_id IS NOT NULL)),
    CHECK (text <> '' OR erased_at IS NOT NULL)
) STRICT;
CREATE INDEX review_line_by_review ON review_line (review_id, position);
CREATE INDEX review_line_by_author ON review_line (author_id);

-- An advice to the host: a line of a closed review, which the host answers and which is followed up.
CREATE TABLE advice (
    id TEXT NOT NULL PRIMARY KEY,
    review_id TEXT NOT NULL REFERENCES review (id),
    line_id TEXT NOT NULL UNIQUE REFERENCES review_line (id),
    -- The day when people are asked what became of it, and when they last were.
    due TEXT NOT NULL,
    asked_at INTEGER
) STRICT;
CREATE INDEX advice_by_review ON advice (review_id);
CREATE INDEX advice_by_due ON advice (due);

-- What the host says of it; an answer that changes is another row.
CREATE TABLE advice_answer (
    id TEXT NOT NULL PRIMARY KEY,
    advice_id TEXT NOT NULL REFERENCES advice (id),
    answer TEXT NOT NULL CHECK (answer IN ('kept', 'answered', 'declined')),
    words TEXT NOT NULL,
    answered_by TEXT NOT NULL REFERENCES person (id),
    answered_at INTEGER NOT NULL,
    -- How it came to the person who entered it, when the host did not answer itself.
    channel TEXT CHECK (channel IN ('mail', 'phone', 'paper')),
    entered_by TEXT,
    replaced_at INTEGER,
    erased_at INTEGER,
    CHECK ((channel IS NULL) = (entered_by IS NULL)),
    CHECK (answer = 'kept' OR words <> '' OR erased_at IS NOT NULL)
) STRICT;
CREATE INDEX advice_answer_by_advice ON advice_answer (advice_id, answered_at);

-- What became of it, six months later and after.
CREATE TABLE advice_follow_up (
    id TEXT NOT NULL PRIMARY KEY,
    advice_id TEXT NOT NULL REFERENCES advice (id),
    outcome TEXT NOT NULL CHECK (outcome IN ('done', 'under_way', 'given_up')),
    words TEXT NOT NULL,
    told_by TEXT NOT NULL REFERENCES person (id),
    told_at INTEGER NOT NULL,
    replaced_at INTEGER
) STRICT;
CREATE INDEX advice_follow_up_by_advice ON advice_follow_up (advice_id, told_at);
