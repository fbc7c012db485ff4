-- Settings that the site makes for itself (keys), by name.
CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;

-- Somebody the site knows: a member, a host, a person met who agreed to be named. An account is only a way in.
CREATE TABLE person (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    sort_key TEXT NOT NULL,
    email TEXT,
    email_key TEXT UNIQUE,
    language TEXT CHECK (language IN ('fr', 'en')),
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX person_by_name ON person (sort_key);

CREATE TABLE account (
    person_id TEXT NOT NULL PRIMARY KEY REFERENCES person (id),
    password_hash TEXT,
    is_administrator INTEGER NOT NULL DEFAULT 0 CHECK (is_administrator IN (0, 1)),
    created_at INTEGER NOT NULL,
    closed_at INTEGER
) STRICT;

CREATE TABLE session (
    token_hash TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES account (person_id),
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    device TEXT NOT NULL
) STRICT;
CREATE INDEX session_by_person ON session (person_id);

-- Addresses sent by mail that let somebody in: invitation, magic link, set-up, new password. Only the hash is kept.
CREATE TABLE sign_in_link (
    secret_hash TEXT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL CHECK (purpose IN ('invitation', 'sign_in', 'setup')),
    person_id TEXT REFERENCES person (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;

-- A link for somebody without account: it opens one object, for one purpose, until a date.
CREATE TABLE private_link (
    id TEXT NOT NULL PRIMARY KEY,
    secret_hash TEXT NOT NULL UNIQUE,
    person_id TEXT NOT NULL REFERENCES person (id),
    object_id TEXT NOT NULL,
    purpose TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;
CREATE INDEX private_link_by_object ON private_link (object_id, person_id);

-- What the one policy needs to know of each thing.
CREATE TABLE access (
    object_id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    programme_id TEXT,
    author_id TEXT,
    scope_id TEXT,
    audience TEXT NOT NULL CHECK (audience IN ('author', 'scope', 'community', 'partners', 'public')),
    withdrawn_at INTEGER
) STRICT;
CREATE INDEX access_by_programme ON access (programme_id, kind);

CREATE TABLE membership (
    person_id TEXT NOT NULL REFERENCES person (id),
    scope_id TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('coordinator', 'officer', 'researcher', 'facilitator', 'committee', 'partner', 'host', 'visitor', 'staff')),
    since INTEGER NOT NULL,
    until INTEGER,
    PRIMARY KEY (person_id, scope_id, role)
) STRICT;
CREATE INDEX membership_by_scope ON membership (scope_id, role);

-- Who did what to which thing, when. Never the content.
CREATE TABLE audit (
    id TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    actor_id TEXT,
    actor_kind TEXT NOT NULL CHECK (actor_kind IN ('person', 'guest', 'anybody', 'site')),
    action TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id TEXT NOT NULL,
    programme_id TEXT,
    details TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_object ON audit (object_id, at);
CREATE INDEX audit_by_programme ON audit (programme_id, at);

-- The outbox: written with the act, sent afterwards.
CREATE TABLE mail (
    id TEXT NOT NULL PRIMARY KEY,
    created_at INTEGER NOT NULL,
    person_id TEXT REFERENCES person (id),
    address TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    object_id TEXT,
    sent_at INTEGER
) STRICT;
CREATE INDEX mail_by_date ON mail (created_at);

-- Files by content; `owner_id` is the thing they are attached to and protected like.
CREATE TABLE file (
    id TEXT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL,
    kind TEXT NOT NULL,
    size INTEGER NOT NULL,
    name TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX file_by_owner ON file (owner_id);
CREATE INDEX file_by_hash ON file (hash);

-- What is searched: one row a document; its words are in the index `search_words`, under `number`.
CREATE TABLE search_document (
    number INTEGER PRIMARY KEY,
    object_id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    programme_id TEXT,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    path TEXT NOT NULL,
    language TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE search_facet (
    number INTEGER NOT NULL REFERENCES search_document (number) ON DELETE CASCADE,
    facet TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (facet, value, number)
) STRICT;
CREATE INDEX search_facet_by_document ON search_facet (number);

-- word index search_words (title, body, surface)
