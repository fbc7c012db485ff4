import Community
import Database
import Formats
import Platform

/// The only ways to make a text and to make a revision of it.
public enum Texts {
    /// Makes a text and its first revision, and puts it under the policy.
    /// - Returns: the identifier of the text.
    public static func create(
        _ kind: TextKind, about subjectId: String, programme: String, title: String, sections: [Section], language: Language = .french,
        author: String? = nil, audience: Audience, scope: String?, drawnFrom: String? = nil, in change: Change
    ) throws -> String {
        let id = change.newId()
        try change.run(
            """
            INSERT INTO text (id, programme_id, kind, subject_id, drawn_from_id, language, author_id, head_id, created_at)
            VALUES (\(id), \(programme), \(kind), \(subjectId), \(drawnFrom), \(language.rawValue), \(author), NULL, \(change.now))
            """)
        try change.protect(Protection("text", id, programme: programme, author: author, scope: scope, audience: audience))
        try revise(id, title: title, sections: sections, summary: "", in: change)
        return id
    }

    /// Makes a revision on purpose: canonical form, hash, sections stored by content, quotations noted.
    /// The rules about who may and what may be overwritten are the caller's.
    @discardableResult public static func revise(
        _ textId: String, title: String, sections: [Section], summary: String, isFormOnly: Bool = false, in change: Change
    ) throws -> Revision {
        let text = try TextQueries.text(textId, change)
        let sections = try sections.map { section in
            let body = CleanText.normalize(section.body)
            guard body.unicodeScalars.count <= Section.limit else {
                throw Refused("texts.refusal.tooLong", ["n": Section.limit], field: "body")
            }
            return Section(key: section.key, title: CleanText.line(section.title), body: body)
        }
        let title = CleanText.line(title)
        guard !title.isEmpty else { throw Refused("texts.refusal.untitled", field: "title") }
        // A quotation that comes, goes or moves is never a matter of form.
        if isFormOnly, try TextQueries.head(textId, change).citations != Dictionary(uniqueKeysWithValues: sections.map { ($0.key, $0.citations) }) {
            throw Refused("texts.refusal.formCitations", field: "form_only")
        }
        if isFormOnly, try !FormCorrection.isOne(from: TextQueries.head(textId, change), to: title, sections) {
            throw Refused("texts.refusal.formSubstance", field: "form_only")
        }
        let id = change.newId()
        let number = try change.count("SELECT coalesce(max(number), 0) FROM revision WHERE text_id = \(textId)") + 1
        let files = try TextFiles.held(sections, of: text, change)
        let hash = CanonicalForm.hash(
            title: title, language: text.language, sections: sections,
            commitments: try commitments(sections.flatMap(\.citations), change.site, change), files: files)
        try change.run(
            """
            INSERT INTO revision (id, text_id, number, parent_id, title, author_id, created_at, summary, is_form_only, hash,
                canonical_version)
            VALUES (\(id), \(textId), \(number), \(text.headId), \(title), \(change.actor.personId), \(change.now),
                \(CleanText.line(summary)), \(isFormOnly), \(hash), \(CanonicalForm.version(files: files)))
            """)
        for (position, section) in sections.enumerated() {
            let content = Secrets.sha256(section.body)
            try change.run(
                "INSERT INTO section_content (hash, body) VALUES (\(content), \(section.body))" + Self.again)
            try change.run(
                """
                INSERT INTO revision_section (revision_id, position, key, title, content_hash)
                VALUES (\(id), \(position), \(section.key), \(section.title), \(content))
                """)
        }
        try TextFiles.note(files, in: id, change)
        try change.run("UPDATE text SET head_id = \(id) WHERE id = \(textId)")
        let revision = try TextQueries.revision(id, of: textId, change)
        for directive in change.site.features.flatMap(\.directives) where directive.name == "citation" {
            try directive.noted(textId, revision.citations, change)
        }
        try change.index(
            SearchDocument(
                "text", textId, programme: text.programmeId, title: title, body: revision.plain, path: "/textes/\(textId)",
                language: text.language, facets: try Programme.facets(text.programmeId, change)))
        try change.trace("text", textId, programme: text.programmeId, as: "text.revised", ["number": String(number)])
        try RevisionNews.tell(revision, in: change)
        return revision
    }

    /// Words erased elsewhere that somebody writes now are theirs.
    private static let again: SQL = """
         ON CONFLICT (hash) DO UPDATE SET body = excluded.body, erased_at = NULL WHERE section_content.erased_at IS NOT NULL
        """

    /// What each quotation puts in the hash, asked of the capability that owns them.
    public static func commitments(_ ids: [String], _ site: Site, _ reader: any Reader) throws -> [String: String] {
        try site.features.flatMap(\.directives).filter { $0.name == "citation" }
            .reduce(into: [:]) { all, directive in
                all.merge(try directive.commitments(ids, reader)) { first, _ in first }
            }
    }
}
