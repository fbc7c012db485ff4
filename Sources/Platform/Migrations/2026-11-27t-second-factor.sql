-- What a person's authenticator application knows, sealed under the key of the data folder. A step used is never taken again.
CREATE TABLE factor (
    person_id TEXT NOT NULL PRIMARY KEY REFERENCES account (person_id),
    secret BLOB NOT NULL,
    last_step INTEGER NOT NULL,
    started_at INTEGER NOT NULL
) STRICT;

-- Codes for the day the telephone is lost, each good once. Only the hash is kept.
CREATE TABLE recovery_code (
    code_hash TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES account (person_id),
    used_at INTEGER
) STRICT;
CREATE INDEX recovery_code_by_person ON recovery_code (person_id);

-- A log-in that waits for its code.
CREATE TABLE half_session (
    token_hash TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES account (person_id),
    created_at INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Where an account came in from, as a hash that says neither the account nor the address: there, others' tries do not count.
CREATE TABLE known_network (
    network_hash TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES account (person_id),
    seen_at INTEGER NOT NULL
) STRICT;
CREATE INDEX known_network_by_person ON known_network (person_id);

-- How many factors an account has had: the next key offered is another one.
ALTER TABLE account ADD COLUMN factor_count INTEGER NOT NULL DEFAULT 0;
-- The first token of a session whose token was renewed, and when its owner last showed who they are.
ALTER TABLE session ADD COLUMN origin TEXT;
ALTER TABLE session ADD COLUMN proven_at INTEGER;
