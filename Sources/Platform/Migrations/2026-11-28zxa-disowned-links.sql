-- When somebody said that a link had reached the wrong person: its page says so, and a new one is waited for.
ALTER TABLE private_link ADD COLUMN disowned_at INTEGER;
CREATE INDEX private_link_disowned ON private_link (purpose) WHERE disowned_at IS NOT NULL;
