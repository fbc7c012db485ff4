-- What somebody may read of one kind in a programme, told by the index alone: where that is little, the rest is not read.
CREATE INDEX access_by_audience ON access (programme_id, kind, audience, scope_id, author_id, withdrawn_at, object_id);
DROP INDEX access_by_programme;
