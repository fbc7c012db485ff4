import Database
import Formats
import Platform

/// Writes the programme itself: its row, its circle, its phases, what was noticed in its file.
enum ProgrammeRows {
    static func insert(_ file: ProgrammeFile, _ id: String, for audience: Audience, in change: Change) throws {
        try change.run(
            """
            INSERT INTO programme (id, slug, title, summary, language, license, requires_signatory, required_share,
                answer_days, created_at)
            VALUES (\(id), \(file.slug), \(file.title), \(file.summary ?? ""), \(file.language.rawValue),
                \(file.licence.rawValue), \(file.publication.requiresSignatory),
                \(Double(file.publication.groupShare) / 100), \(file.publication.deadlineDays), \(change.now))
            """)
        try change.run(
            "INSERT INTO scope (id, programme_id, kind, name) VALUES (\(id), \(id), 'programme', \(file.title))")
        try change.protect(Protection("programme", id, programme: id, author: nil, audience: audience))
        for (position, phase) in file.phases.enumerated() {
            try change.run(
                """
                INSERT INTO phase (id, programme_id, position, title, first_written, first_day, last_written, last_day)
                VALUES (\(change.newId()), \(id), \(position), \(phase.title), \(phase.period.start?.words),
                    \(phase.period.start?.first), \(phase.period.end?.words), \(phase.period.end?.last))
                """)
        }
        for (position, finding) in file.findings().enumerated() {
            try change.run(
                """
                INSERT INTO finding (id, programme_id, position, severity, sentence_key, arguments)
                VALUES (\(change.newId()), \(id), \(position), \(finding.severity.rawValue), \(finding.key),
                    \(CanonicalJSON.encode(KeptFinding.json(of: finding))))
                """)
        }
    }
}
