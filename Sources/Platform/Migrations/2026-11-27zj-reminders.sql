-- The kinds of reminders that a person does not want: all leave otherwise.
CREATE TABLE mail_refusal (
    person_id TEXT NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (person_id, kind)
) STRICT;

-- What was sent once: about what, to whom, of which kind, for which day.
CREATE TABLE reminder (
    object_id TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    day TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    PRIMARY KEY (object_id, person_id, kind, day)
) STRICT;
