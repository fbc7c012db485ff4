import Database
import Formats
import Platform

/// How far a text has come, in a word and a mark.
enum TextState: Equatable, Sendable {
    case empty
    case writing
    /// A sheet that its host said was finished.
    case finished
    /// A sheet whose latest revision was sent.
    case sent
    case shared
    case asked(answers: Int, of: Int)
    case objected
    case answered
    /// The text changed after the validation that stands.
    case changed
    case reopened
    /// Minutes sent for remarks.
    case inReview(answers: Int, of: Int)
    /// Each person asked said what they find of them.
    case remarked
    /// Their sending was called off, or somebody who had approved them asks to read them again.
    case toSendAgain
    /// They changed since they were sent.
    case amended
    case approved
    /// They changed since they were approved.
    case approvedBefore

    static func of(_ text: Text, _ head: Revision, _ thing: Protection, _ reader: any Reader) throws -> TextState {
        switch text.kind {
        case .sheet:
            if head.isBlank { return .empty }
            if try reader.exists("SELECT 1 FROM text_sending WHERE revision_id = \(head.id)") { return .sent }
            return try SheetFinish.of(text.id, reader) == nil ? .writing : .finished
        case .minutes: return try minutes(text.id, head, reader)
        case .impression: return thing.audience == .author ? .writing : .shared
        case .synthesis, .publicVersion, .grid:
            guard let validation = try Validation.summary(text.id, reader) else { return head.isBlank ? .empty : .writing }
            return of(validation)
        }
    }

    static func of(_ validation: Validation) -> TextState {
        if validation.isClosed { return .reopened }
        if validation.objections.contains(where: { $0.outcome == nil }) { return .objected }
        if validation.hasChanged { return .changed }
        let answers = validation.people.count - validation.silent.count
        return validation.silent.isEmpty ? .answered : .asked(answers: answers, of: validation.people.count)
    }

    static func minutes(_ textId: String, _ head: Revision, _ reader: any Reader) throws -> TextState {
        let (approval, validation) = (try Approvals.last(textId, reader), try Validation.summary(textId, reader))
        if let approval, approval.isStanding { return .approved }
        guard let validation, approval.map({ validation.request.askedAt > $0.notedAt }) ?? true else {
            return approval != nil ? .approvedBefore : head.isBlank ? .empty : .writing
        }
        switch of(validation) {
        case .asked(let answers, let all): return .inReview(answers: answers, of: all)
        case .answered: return .remarked
        case .changed: return .amended
        case .reopened: return .toSendAgain
        case let state: return state
        }
    }

    private var name: String {
        switch self {
        case .empty: "empty"
        case .writing: "writing"
        case .finished: "finished"
        case .sent: "sent"
        case .shared: "shared"
        case .asked: "asked"
        case .objected: "objected"
        case .answered: "answered"
        case .changed: "changed"
        case .reopened: "reopened"
        case .inReview: "inReview"
        case .remarked: "remarked"
        case .toSendAgain: "toSendAgain"
        case .amended: "amended"
        case .approved: "approved"
        case .approvedBefore: "approvedBefore"
        }
    }

    private var mark: String {
        switch self {
        case .empty: "none"
        case .writing, .changed, .reopened, .toSendAgain, .amended, .approvedBefore: "draft"
        case .sent, .shared, .answered, .approved: "validated"
        case .asked, .inReview, .remarked, .finished: "waiting"
        case .objected: "refused"
        }
    }

    func said(_ words: Words) -> String {
        switch self {
        case .asked(let answers, let all), .inReview(let answers, let all): words("texts.state.\(name)", ["n": answers, "all": all])
        default: words("texts.state.\(name)")
        }
    }

    func shown(_ words: Words) -> Markup { "<span class=\"state\" data-state=\"\(mark)\">\(said(words))</span>" }
}

extension Revision {
    /// No section has anything to read.
    var isBlank: Bool { sections.allSatisfy { Markdown.isBlank($0.body) } }

    /// The sections with nothing to read yet.
    var blankSections: [Section] { sections.filter { Markdown.isBlank($0.body) } }

    /// Said before others are asked about the text, or read it; nothing when every section has words.
    package func blanksNotice(_ words: Words) -> Markup {
        let names = blankSections.map { words.quoted($0.title) }
        guard !names.isEmpty, !isBlank else { return .empty }
        return "<p class=\"notice warning\">\(words("texts.blanks", ["n": names.count, "names": words.list(names)]))</p>"
    }

    /// The words alone, for search and counting; quotations are left out.
    public var plain: String { sections.map { Markdown.plain($0.body) }.filter { !$0.isEmpty }.joined(separator: "\n\n") }
}
