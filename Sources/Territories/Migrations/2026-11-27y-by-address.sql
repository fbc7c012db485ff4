-- Resources by territory, in the order of their names.
CREATE UNIQUE INDEX territory_by_address ON territory (slug, id);
