-- The resources of a territory and of a kind together, in their order.
CREATE INDEX publication_by_territory_and_kind ON publication (territory_id, kind, opened_at);
