-- The latest texts first, without sorting them all.
CREATE INDEX revision_by_date ON revision (created_at, id);
CREATE INDEX text_by_head ON text (head_id);
-- What is drawn from a text.
CREATE INDEX text_by_origin ON text (drawn_from_id);
-- What somebody is asked.
CREATE INDEX validator_by_person ON validator (person_id);
