-- The names and the addresses that somebody no longer has: an erasure takes them out too, and then their list.
CREATE TABLE person_former (
    person_id TEXT NOT NULL REFERENCES person (id),
    value TEXT NOT NULL,
    PRIMARY KEY (person_id, value)
) STRICT;
