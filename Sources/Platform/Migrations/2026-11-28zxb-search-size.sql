-- The average size of all documents is asked no more: PostgreSQL kept this index for it (SQLite never had it).
DROP INDEX IF EXISTS search_words_by_size;
