-- A grid is read by whoever reads the first page of its programme: those of a programme of its people alone were named to everybody.
UPDATE access SET audience = 'community' WHERE kind = 'grid' AND audience = 'public' AND programme_id IN (
    SELECT object_id FROM access AS programme WHERE kind = 'programme' AND audience <> 'public');
