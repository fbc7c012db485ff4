-- A half-day without encounter on purpose: the collective review, a journey, time to write.
ALTER TABLE slot ADD COLUMN is_free INTEGER NOT NULL DEFAULT 0 CHECK (is_free IN (0, 1));
