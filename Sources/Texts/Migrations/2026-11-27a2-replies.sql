-- Every version of the host's reply is kept; the latest is printed with the text.
CREATE TABLE reply_version (
    text_id TEXT NOT NULL REFERENCES text (id),
    number INTEGER NOT NULL,
    body TEXT NOT NULL,
    -- Whose words they are.
    person_id TEXT NOT NULL REFERENCES person (id),
    written_at INTEGER NOT NULL,
    -- When the officer entered a reply received otherwise: how, by whom, with which proof.
    received_by TEXT CHECK (received_by IN ('mail', 'phone', 'paper')),
    entered_by TEXT,
    proof TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (text_id, number)
) STRICT;

INSERT INTO reply_version (text_id, number, body, person_id, written_at)
SELECT text_id, 1, body, person_id, updated_at FROM right_of_reply;

DROP TABLE right_of_reply;
