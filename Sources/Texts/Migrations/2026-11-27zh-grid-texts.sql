-- A frozen version of a question grid is read, compared and validated as a text: one more kind. A rule on a column changes by
-- making the column anew.
DROP INDEX text_by_subject;
ALTER TABLE text RENAME COLUMN kind TO former_kind;
ALTER TABLE text ADD COLUMN kind TEXT NOT NULL DEFAULT 'grid' CHECK (kind IN ('sheet', 'synthesis', 'impression', 'public_version', 'grid'));
UPDATE text SET kind = former_kind;
ALTER TABLE text DROP COLUMN former_kind;
CREATE INDEX text_by_subject ON text (subject_id, kind);

-- The people of a programme answer for themselves about its grid: neither hosts nor visitors.
ALTER TABLE validator RENAME COLUMN side TO former_side;
ALTER TABLE validator ADD COLUMN side TEXT NOT NULL DEFAULT 'member' CHECK (side IN ('host', 'visitor', 'member'));
UPDATE validator SET side = former_side;
ALTER TABLE validator DROP COLUMN former_side;
