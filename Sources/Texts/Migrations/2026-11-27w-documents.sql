-- What a document of a word processor would change in a text: for the person who brought it alone, until they take it or
-- leave it.
CREATE TABLE text_document (
    text_id TEXT NOT NULL REFERENCES text (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    -- The revision that the document was made from, as far as is known.
    base_id TEXT NOT NULL REFERENCES revision (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('docx', 'odt')),
    -- JSON: its parts with their place, and what is left aside.
    content TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (text_id, person_id)
) STRICT;
