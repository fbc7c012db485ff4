-- The forms sent in the last day, so that one sent twice is taken once.
CREATE TABLE form_sending (
    key TEXT NOT NULL PRIMARY KEY,
    nonce TEXT NOT NULL,
    sent_at INTEGER NOT NULL
) STRICT;
CREATE INDEX form_sending_by_date ON form_sending (sent_at);
