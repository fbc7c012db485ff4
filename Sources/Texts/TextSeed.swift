import Community
import Database
import Formats
import Platform
import Visits

/// Many plausible texts, always the same: for measures of speed, never for a real site.
package enum TextSeed {
    /// A text in its first revision, as `Texts.create` makes it, its words known beforehand.
    package struct Made {
        package let id: String
        package let revisionId: String
        package let title: SampleProse.Passage
        /// Titles and bodies, as they are searched.
        package let body: SampleProse.Passage
    }

    package static func text(
        _ kind: TextKind, about visit: Visit, author: String? = nil, audience: Audience = .scope, _ prose: inout SampleProse,
        in change: Change
    ) throws -> Made {
        let (id, revision, title) = (change.newId(), change.newId(), prose.title())
        var sections: [Section] = []
        var plain = SampleProse.Passage()
        for key in kind.sections {
            let body = prose.paragraph(sentences: 3 + prose.number(below: 3))
            sections.append(Section(key: key, title: key, body: body.text))
            plain.append(body, after: plain.text.isEmpty ? "" : "\n\n")
        }
        let hash = CanonicalForm.hash(title: title.text, language: .french, sections: sections, commitments: [:])
        try change.run(
            """
            INSERT INTO text (id, programme_id, kind, subject_id, language, author_id, head_id, created_at)
            VALUES (\(id), \(visit.programmeId), \(kind), \(visit.id), 'fr', \(author), \(revision), \(change.now))
            """)
        let scope = kind == .impression ? visit.delegationId : visit.circleId
        try change.protect(Protection("text", id, programme: visit.programmeId, author: author, scope: scope, audience: audience))
        try change.run(
            """
            INSERT INTO revision (id, text_id, number, title, author_id, created_at, summary, is_form_only, hash, canonical_version)
            VALUES (\(revision), \(id), 1, \(title.text), \(author), \(change.now), '', 0, \(hash), \(CanonicalForm.version(files: [])))
            """)
        for (position, section) in sections.enumerated() {
            let content = Secrets.sha256(section.body)
            try change.run(
                "INSERT INTO section_content (hash, body) VALUES (\(content), \(section.body)) ON CONFLICT (hash) DO NOTHING")
            try change.run(
                """
                INSERT INTO revision_section (revision_id, position, key, title, content_hash)
                VALUES (\(revision), \(position), \(section.key), \(section.title), \(content))
                """)
        }
        try change.index(
            SearchDocument("text", id, programme: visit.programmeId, title: title.text, body: plain.text, path: "/textes/\(id)", facets: [Programme.facet: [visit.programmeTitle]]),
            words: SearchWords(title: title.stems, body: plain.stems, surface: (title + plain).surface))
        try change.trace("text", id, programme: visit.programmeId, as: "text.revised", ["number": "1"])
        return Made(id: id, revisionId: revision, title: title, body: plain)
    }

    /// The sheet, the synthesis and the impressions of a visit; the synthesis was sent to people, two in three answered.
    package static func texts(
        about visit: Visit, visitors: [String], hosts: [String], number: Int, seed: Int, in change: Change
    ) throws {
        var prose = SampleProse(seed: seed, 5_000_000 + number)
        _ = try text(.sheet, about: visit, &prose, in: change)
        for visitor in visitors {
            _ = try text(.impression, about: visit, author: visitor, audience: number % 2 == 0 ? .scope : .author, &prose, in: change)
        }
        guard visit.isHeld else { return }
        let synthesis = try text(.synthesis, about: visit, &prose, in: change)
        let (request, hash) = (change.newId(), try change.text("SELECT hash FROM revision WHERE id = \(synthesis.revisionId)"))
        let isOpen = visit.stage < .validated
        try change.run(
            """
            INSERT INTO validation_request (id, text_id, revision_id, revision_hash, deadline, asked_at)
            VALUES (\(request), \(synthesis.id), \(synthesis.revisionId), \(hash),
                \(change.today.adding(days: isOpen ? 10 : -30)), \(change.now))
            """)
        for (index, person) in (hosts + visitors).enumerated() {
            try change.run(
                """
                INSERT INTO validator (request_id, person_id, side, is_signatory)
                VALUES (\(request), \(person), \(index < hosts.count ? "host" : "visitor"), \(index == 0))
                """)
            guard !isOpen || index % 3 > 0 else { continue }
            try change.run(
                """
                INSERT INTO endorsement (id, request_id, person_id, answer, is_exact, is_publishable, reservation, interests, answered_at)
                VALUES (\(change.newId()), \(request), \(person), 'endorse', 1, 1, '', '', \(change.now))
                """)
        }
        try change.trace(
            "text", synthesis.id, programme: visit.programmeId, as: "validation.asked",
            ["number": "1", "people": String(hosts.count + visitors.count)])
    }
}
