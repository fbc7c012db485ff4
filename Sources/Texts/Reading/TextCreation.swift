import Community
import Database
import Formats
import Platform
import Visits

/// Opens the sheet or the synthesis of a visit: made at the first opening, found again afterwards.
enum TextCreation {
    static func post(_ request: Request) async throws -> Response {
        guard let kind = request.form["kind"].flatMap(TextKind.init), [.sheet, .synthesis, .minutes].contains(kind), let right = kind.right
        else { throw NotFound() }
        let site = request.site
        let (programme, slug) = (request["programme"], request["visit"])
        let made = try await site.amend(as: "text.created", by: request.actor) { change in
            let visit = try VisitQueries.load(programme: programme, slug: slug, change)
            if !kind.mayBegin(for: visit, try change.protection(of: visit.id), change.viewer, site.policy) { try change.require(right, on: visit.id) }
            if let known = try TextQueries.texts(about: visit.id, kind: kind, change).first {
                try change.require(.see, on: known.id)
                try change.trace("text", known.id, programme: visit.programmeId, as: "text.opened")
                return (id: known.id, isNew: false)
            }
            return (id: try create(kind, for: visit, in: change), isNew: true)
        }
        return .redirect(Done.path("/textes/\(made.id)", made.isNew ? .created : .alreadyThere))
    }

    /// The sheet and the minutes are for the visiting group and the host; the synthesis for the visiting group alone, until its validation is asked.
    static func create(_ kind: TextKind, for visit: Visit, in change: Change) throws -> String {
        let programme = try Programme.load(id: visit.programmeId, change)
        let language = programme.language
        let words = change.site.words(language)
        return try Texts.create(
            kind, about: visit.id, programme: visit.programmeId,
            title: words("texts.title.\(kind.rawValue)", ["place": visit.place.isEmpty ? visit.name : visit.place, "host": visit.hostName ?? visit.name]),
            sections: try kind.blankSections(of: programme, words, change), language: language, author: change.actor.personId, audience: .scope,
            scope: kind == .synthesis ? visit.delegationId : visit.circleId, in: change)
    }
}

extension TextKind {
    /// Whether somebody may begin it: by a right on the visit; the host's people, as the sheet will be theirs.
    func mayBegin(for visit: Visit, _ thing: Protection?, _ viewer: Viewer, _ policy: Policy) -> Bool {
        guard let right else { return false }
        if let thing, policy.allows(right, viewer, on: thing) { return true }
        let sheet = Protection("text", visit.id, programme: visit.programmeId, author: nil, scope: visit.circleId, audience: .scope)
        return self == .sheet && policy.allows(right, viewer, on: sheet)
    }

    /// Its sections with nothing written yet: a synthesis takes the looks of its programme when the file gives them.
    func blankSections(of programme: Programme, _ words: Words, _ reader: any Reader) throws -> [Section] {
        let lenses = self == .synthesis ? try programme.lenses(reader) : []
        guard !lenses.isEmpty else { return blankSections(words) }
        return lenses.map { Section(key: $0.key, title: $0.title, body: "") }
    }

    /// Its sections with nothing written yet, under their titles in that language.
    public func blankSections(_ words: Words) -> [Section] {
        sections.map { Section(key: $0, title: words("texts.section.\($0)"), body: "") }
    }
}
