-- The sub-group that the author of a note was with, when the visitors went apart.
ALTER TABLE note_version ADD COLUMN subgroup_id TEXT REFERENCES subgroup (id);
