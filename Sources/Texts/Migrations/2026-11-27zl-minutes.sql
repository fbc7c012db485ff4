-- The minutes of a visit are a text: one more kind. A rule on a column changes by making the column anew.
DROP INDEX text_by_subject;
ALTER TABLE text RENAME COLUMN kind TO former_kind;
ALTER TABLE text ADD COLUMN kind TEXT NOT NULL DEFAULT 'minutes'
    CHECK (kind IN ('sheet', 'synthesis', 'impression', 'public_version', 'grid', 'minutes'));
UPDATE text SET kind = former_kind;
ALTER TABLE text DROP COLUMN former_kind;
CREATE INDEX text_by_subject ON text (subject_id, kind);
