-- All that belongs to a programme is found by its filter; only what was published had it.
INSERT INTO search_facet (number, facet, value)
SELECT search_document.number, 'programme', programme.title FROM search_document JOIN programme ON programme.id = search_document.programme_id
WHERE search_document.number NOT IN (SELECT number FROM search_facet WHERE facet = 'programme');

CREATE INDEX search_document_by_programme ON search_document (programme_id);
