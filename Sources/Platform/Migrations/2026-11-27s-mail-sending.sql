-- What became of each mail of the outbox. A mail is written with the act and sent afterwards; nothing here is its content.
ALTER TABLE mail ADD COLUMN state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed', 'abandoned'));
ALTER TABLE mail ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE mail ADD COLUMN tried_at INTEGER;
-- When it may be tried; how long a server that took it has for it.
ALTER TABLE mail ADD COLUMN next_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE mail ADD COLUMN leased_until INTEGER;
ALTER TABLE mail ADD COLUMN leased_by TEXT;
-- Since when it is being tried, when somebody asked for it again.
ALTER TABLE mail ADD COLUMN again_at INTEGER;
-- After that moment it is of no use to anybody: its link is over.
ALTER TABLE mail ADD COLUMN useful_until INTEGER;
-- Why it did not arrive, and the words of the server.
ALTER TABLE mail ADD COLUMN reason TEXT;
ALTER TABLE mail ADD COLUMN answer TEXT NOT NULL DEFAULT '';
CREATE INDEX mail_waiting ON mail (next_at) WHERE state = 'waiting';
CREATE INDEX mail_by_state ON mail (state, created_at);
