-- Notes and impressions whose words were cited: they stay with the visiting group.
CREATE TABLE note_citation (
    object_id TEXT NOT NULL PRIMARY KEY,
    cited_at INTEGER NOT NULL
) STRICT;
