-- The texts that quote an excerpt, or quoted it in one of their revisions: it stays, whatever the latest one quotes.
CREATE TABLE quotation_ever (
    excerpt_id TEXT NOT NULL,
    text_id TEXT NOT NULL,
    PRIMARY KEY (excerpt_id, text_id)
) STRICT;
-- Only what cites anything is looked at, then only the excerpts of its programme.
INSERT INTO quotation_ever (excerpt_id, text_id)
    WITH citing AS MATERIALIZED (SELECT hash, body FROM section_content WHERE body LIKE '%[[citation:%')
    SELECT DISTINCT excerpt.id, revision.text_id FROM citing
    JOIN revision_section ON revision_section.content_hash = citing.hash
    JOIN revision ON revision.id = revision_section.revision_id
    JOIN text ON text.id = revision.text_id
    JOIN excerpt ON excerpt.programme_id = text.programme_id AND citing.body LIKE '%[[citation:' || excerpt.id || ']]%';

CREATE INDEX excerpt_by_date ON excerpt (programme_id, created_at);
CREATE INDEX excerpt_by_dimension ON excerpt (dimension_id);
