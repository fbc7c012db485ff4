-- The private address of a visitor: what is sent to it becomes their impression note.
CREATE TABLE reply_address (
    id TEXT NOT NULL PRIMARY KEY,
    secret_hash TEXT NOT NULL UNIQUE,
    visit_id TEXT NOT NULL REFERENCES visit (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;
CREATE INDEX reply_address_by_person ON reply_address (person_id, visit_id);

-- A mail that came in, whole, and what became of it. It is the same mail however many times it comes.
CREATE TABLE received_mail (
    id TEXT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    received_at INTEGER NOT NULL,
    message_id TEXT,
    sender TEXT NOT NULL,
    sender_name TEXT NOT NULL,
    subject TEXT NOT NULL,
    size INTEGER NOT NULL,
    file_id TEXT NOT NULL REFERENCES file (id),
    -- Which programme sorts it, nil as long as none can be told; whose it is and about what.
    programme_id TEXT REFERENCES programme (id),
    visit_id TEXT REFERENCES visit (id),
    person_id TEXT REFERENCES person (id),
    state TEXT NOT NULL CHECK (state IN ('taken', 'empty', 'waiting', 'automatic', 'discarded')),
    -- Why it waits for somebody.
    reason TEXT CHECK (reason IN ('unknown_address', 'unknown_sender', 'ended', 'left', 'cancelled', 'too_long')),
    text_id TEXT,
    handled_by TEXT,
    handled_at INTEGER,
    CHECK (state <> 'waiting' OR reason IS NOT NULL)
) STRICT;
CREATE INDEX received_mail_by_programme ON received_mail (programme_id, state, received_at);
CREATE INDEX received_mail_by_person ON received_mail (person_id, received_at);
CREATE INDEX received_mail_by_text ON received_mail (text_id);

-- The files that were joined: kept apart where the site takes their kind, in the mail itself in any case.
CREATE TABLE received_file (
    id TEXT NOT NULL PRIMARY KEY,
    mail_id TEXT NOT NULL REFERENCES received_mail (id),
    name TEXT NOT NULL,
    file_id TEXT REFERENCES file (id)
) STRICT;
CREATE INDEX received_file_by_mail ON received_file (mail_id);
