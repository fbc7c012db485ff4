-- The accounts in the order of their last visit, of their opening; the few who administer the site.
CREATE INDEX account_by_visit ON account (COALESCE(seen_at, 0), person_id);
CREATE INDEX account_by_opening ON account (created_at, person_id);
CREATE INDEX account_administering ON account (person_id) WHERE is_administrator = 1;
-- Who is asked for a second factor.
CREATE INDEX membership_coordinating ON membership (person_id) WHERE role = 'coordinator' AND until IS NULL;
-- The ways in sent to somebody.
CREATE INDEX sign_in_link_by_person ON sign_in_link (person_id);
