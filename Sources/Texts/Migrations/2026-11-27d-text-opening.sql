-- The revision from which a text that was its author's alone is open to others: those before stay its author's.
CREATE TABLE text_opening (
    text_id TEXT NOT NULL PRIMARY KEY REFERENCES text (id),
    number INTEGER NOT NULL
) STRICT;
INSERT INTO text_opening (text_id, number)
    SELECT text.id, revision.number FROM text JOIN revision ON revision.id = text.head_id
    JOIN access ON access.object_id = text.id WHERE text.kind = 'impression' AND access.audience <> 'author';
