-- The journal of the site is a small part of all that happened.
CREATE INDEX audit_of_site ON audit (at, id) WHERE object_kind IN ('account', 'mail', 'person', 'site');
-- The kinds of acts of a programme, without reading its journal.
CREATE INDEX audit_by_action ON audit (programme_id, action);
-- What is of a circle.
CREATE INDEX access_by_scope ON access (scope_id, kind);
-- Whether somebody ever did something.
CREATE INDEX audit_by_actor ON audit (actor_id);
