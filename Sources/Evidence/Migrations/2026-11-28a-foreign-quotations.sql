-- An excerpt of another programme is no quotation: its identifier alone was written.
DELETE FROM quotation_ever WHERE excerpt_id NOT IN (
    SELECT excerpt.id FROM excerpt JOIN text ON text.programme_id = excerpt.programme_id WHERE text.id = quotation_ever.text_id);
DELETE FROM quotation WHERE excerpt_id NOT IN (
    SELECT excerpt.id FROM excerpt JOIN text ON text.programme_id = excerpt.programme_id WHERE text.id = quotation.text_id);
