-- What a publication is about, as its text says: the first of each visit, without reading all that it has.
ALTER TABLE publication ADD COLUMN subject_id TEXT NOT NULL DEFAULT '';
UPDATE publication SET subject_id = (SELECT text.subject_id FROM text WHERE text.id = publication.text_id);
CREATE INDEX publication_by_subject ON publication (subject_id, published_at);
