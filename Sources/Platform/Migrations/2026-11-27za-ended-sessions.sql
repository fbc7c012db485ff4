-- The cookies, as hashes, of the sessions that their owners ended: a telephone that comes with one forgets what it kept.
CREATE TABLE ended_session (
    token_hash TEXT NOT NULL PRIMARY KEY,
    ended_at INTEGER NOT NULL
) STRICT;
CREATE INDEX ended_session_by_date ON ended_session (ended_at);
