-- Quotations of what is open already know where they are shown.
UPDATE excerpt SET public_path = COALESCE((
    SELECT '/ressources/' || publication.slug || '/sources/' || excerpt.id FROM publication
    JOIN revision_section ON revision_section.revision_id = publication.revision_id
    JOIN section_content ON section_content.hash = revision_section.content_hash
    WHERE publication.opened_at IS NOT NULL AND publication.unpublished_at IS NULL
        AND section_content.body LIKE '%[[citation:' || excerpt.id || ']]%'
    ORDER BY publication.opened_at, publication.id LIMIT 1), '');
