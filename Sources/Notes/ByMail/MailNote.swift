import Database
import Formats
import Platform
import Texts
import Visits

/// Words that came by mail or behind a link, put in somebody's impression note: a new one, or below what is there already.
enum MailNote {
    /// Whether the note has room for them.
    static func fits(_ words: String, _ visitId: String, _ personId: String, _ reader: any Reader) throws -> Bool {
        let known = try Impressions.own(visitId, of: personId, reader).map { try TextQueries.head($0, reader).sections.map(\.body).joined() } ?? ""
        return known.unicodeScalars.count + words.unicodeScalars.count + 200 <= Section.limit
    }

    /// - Returns: the identifier of the note.
    static func write(_ words: String, of personId: String, _ visit: Visit, by change: Change) throws -> String {
        let language = try change.text("SELECT language FROM person WHERE id = \(personId)").flatMap(Language.init) ?? .french
        let said = change.site.words(language)
        let own = try Impressions.own(visit.id, of: personId, change)
        let words = bare(words)
        guard let own else { return try create(words, of: personId, visit, said, in: change) }
        let head = try TextQueries.head(own, change)
        let sections = head.sections.map { section in
            guard section.key == "impression" else { return section }
            let before = Markdown.isBlank(section.body) ? "" : "\(section.body)\n\n*\(said("notes.byMail.received", ["day": change.today]))*\n\n"
            return Section(key: section.key, title: section.title, body: before + words)
        }
        try Texts.revise(own, title: head.title, sections: sections, summary: said("notes.byMail.summary"), in: change)
        return own
    }

    /// The note whole, as it is on the page behind a link.
    static func put(_ words: String, of personId: String, _ visit: Visit, from base: String, by change: Change) throws -> String {
        let said = change.site.words(.french)
        guard let own = try Impressions.own(visit.id, of: personId, change) else { return try create(words, of: personId, visit, said, in: change) }
        let head = try TextQueries.head(own, change)
        guard head.id == base else { throw Refused("platform.form.changedMeanwhile") }
        let sections = head.sections.map { $0.key == "impression" ? Section(key: $0.key, title: $0.title, body: words) : $0 }
        try Texts.revise(own, title: head.title, sections: sections, summary: "", in: change)
        return own
    }

    private static func create(_ words: String, of personId: String, _ visit: Visit, _ said: Words, in change: Change) throws -> String {
        try Texts.create(
            .impression, about: visit.id, programme: visit.programmeId, title: said("notes.impression.textTitle", ["visit": visit.name]),
            sections: [Section(key: "impression", title: said("notes.impression.section"), body: words)], author: personId, audience: .author,
            scope: visit.delegationId, in: change)
    }

    /// Lines moved in by a mail program are no code.
    private static func bare(_ words: String) -> String {
        words.split(separator: "\n", omittingEmptySubsequences: false)
            .map { line in line.hasPrefix("    ") || line.hasPrefix("\t") ? line.drop { $0 == " " || $0 == "\t" } : line }
            .joined(separator: "\n")
    }
}

/// What is said back to whoever wrote; never to a machine, and not without end.
enum Answers {
    /// More in a day is a loop.
    private static let most = 5
    static let purpose = "impression"
    static let guests = "/impression"

    static func taken(to personId: String, _ visit: Visit, _ textId: String, in change: Change) throws {
        let count = CleanText.wordCount(try TextQueries.head(textId, change).plain)
        try say("notes.mail.taken", ["n": count], to: personId, visit, account: "/textes/\(textId)", in: change)
    }

    static func empty(to personId: String, _ visit: Visit, hasFiles: Bool, in change: Change) throws {
        try say(hasFiles ? "notes.mail.filesOnly" : "notes.mail.noWords", [:], to: personId, visit, account: "\(visit.path)#impressions", in: change)
    }

    private static func say(
        _ key: String, _ arguments: [String: any WordArgument], to personId: String, _ visit: Visit, account: String, in change: Change
    ) throws {
        let today = try change.count("SELECT COUNT(*) FROM received_mail WHERE person_id = \(personId) AND received_at > \(change.now - .days(1))")
        guard today <= most else { return }
        let path = try hasAccount(personId, change) ? account : link(to: personId, visit, in: change)
        try change.write(to: personId, key, arguments.merging(["visit": visit.name]) { own, _ in own }, opening: path, about: visit.id)
    }

    static func hasAccount(_ personId: String, _ reader: any Reader) throws -> Bool {
        try reader.exists("SELECT 1 FROM account WHERE person_id = \(personId) AND closed_at IS NULL")
    }

    /// A page where the note is written, sent as a file and shared, without an account.
    static func link(to personId: String, _ visit: Visit, in change: Change) throws -> String {
        "\(guests)/\(try change.makeLink(to: visit.id, for: personId, purpose: purpose, until: change.now + .days(183)))"
    }
}
