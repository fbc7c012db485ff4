-- An erasure asked for, then done: what is left of a person is their identifier. Nothing here names anybody.
CREATE TABLE erasure (
    person_id TEXT NOT NULL PRIMARY KEY REFERENCES person (id),
    kind TEXT NOT NULL CHECK (kind IN ('former', 'complete')),
    -- Whether the name stays under what was published.
    keeps_authorship INTEGER NOT NULL DEFAULT 0 CHECK (keeps_authorship IN (0, 1)),
    asked_by TEXT,
    asked_at INTEGER NOT NULL,
    -- Until then, whoever asked for it about themselves takes it back by logging in.
    due_at INTEGER NOT NULL,
    done_at INTEGER
) STRICT;
CREATE INDEX erasure_waiting ON erasure (due_at) WHERE done_at IS NULL;

-- What whoever is responsible for the site says in the register of processing: by field.
CREATE TABLE register_entry (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- When an account was last used, and when its owner was told that it would be closed.
ALTER TABLE account ADD COLUMN seen_at INTEGER;
ALTER TABLE account ADD COLUMN told_at INTEGER;
UPDATE account SET seen_at = (SELECT MAX(seen_at) FROM session WHERE session.person_id = account.person_id);
UPDATE account SET seen_at = (SELECT MAX(at) FROM audit WHERE actor_id = account.person_id)
    WHERE seen_at IS NULL;
