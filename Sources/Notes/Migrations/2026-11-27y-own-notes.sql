-- The visits where somebody wrote notes.
CREATE INDEX note_block_by_author ON note_block (author_id, visit_id);
