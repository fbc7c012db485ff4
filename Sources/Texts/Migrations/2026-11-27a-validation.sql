-- Who signs for the host is said when the question is asked: a later change of signatory changes no earlier request.
ALTER TABLE validator ADD COLUMN is_signatory INTEGER NOT NULL DEFAULT 0 CHECK (is_signatory IN (0, 1));

UPDATE validator SET is_signatory = 1
WHERE side = 'host' AND EXISTS (
    SELECT 1 FROM validation_request
    JOIN text ON text.id = validation_request.text_id
    JOIN visit ON visit.id = text.subject_id
    WHERE validation_request.id = validator.request_id AND visit.signatory_id = validator.person_id);

-- A request made by mistake is cancelled, and stays readable; one brought to the steering group says since when.
ALTER TABLE validation_request ADD COLUMN cancelled_at INTEGER;
ALTER TABLE validation_request ADD COLUMN referred_at INTEGER;
