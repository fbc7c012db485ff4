-- The lists of resources, in their order, whatever the filter.
CREATE INDEX publication_by_kind ON publication (kind, opened_at);
CREATE INDEX publication_by_territory_and_date ON publication (territory_id, opened_at);
DROP INDEX publication_by_territory;
