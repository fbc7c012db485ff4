import Database
import Formats

/// What a capability offers to the application: one value, read first. Each slot is optional.
public struct Feature: Sendable {
    /// The name of its target, for `essaim routes` and messages.
    public let name: String
    public var routes: [Route] = []
    /// Entries of a programme's navigation, in order of `rank`.
    public var navigation: [NavigationEntry] = []
    /// Pages for whoever administers the site.
    public var administration: [AdministrationEntry] = []
    /// Pieces shown on another capability's page.
    public var panels: [Panel] = []
    /// Pieces of another capability's papers.
    public var leaves: [Leaf] = []
    /// What a person has to do, for « À faire ».
    public var todos: (@Sendable (any Reader, Request) throws -> [Todo])?
    /// Where visits stand, as far as this capability knows: by visit, its stages among the nine.
    public var stages: (@Sendable (_ visitIds: [String], any Reader, Request) throws -> [String: [StageMark]])?
    /// What stands for `[[name:ID]]` in a text.
    public var directives: [Directive] = []
    /// Kinds of things that are read by whoever reads the first page of their programme: their audience goes with its own.
    public var readWithProgramme: [String] = []
    /// The kinds of documents it puts in the search, with the key of their name.
    public var searchKinds: [String: String] = [:]
    /// Told, within the change, that what people may read of a thing was settled anew: whoever shows it follows.
    public var settled: (@Sendable (_ objectId: String, Change) throws -> Void)?
    /// A private page about a visit for somebody without account, made for them within the change: of the stage that waits for them, or
    /// where none is named the one that they have already; nil for none.
    public var door: (@Sendable (_ visitId: String, StageMark.Stage?, _ personId: String, Change) throws -> Door?)?
    /// Told, within the change, that the half-days of a visit were set: whatever ends with it follows.
    public var dated: (@Sendable (_ visitId: String, Change) throws -> Void)?
    /// What it counts, for whatever watches the site: figures only.
    public var gauges: (@Sendable (any Reader, Instant) throws -> [Gauge])?
    /// How widely a file that a thing carries may be read at this moment, as far as this capability knows.
    public var opensFile: (@Sendable (Attachment, any Reader, Request) throws -> FileReading)?
    /// The identifiers of the files that nothing of its own uses any more, though nobody took them away.
    public var unusedFiles: (@Sendable (any Reader) throws -> [String])?
    /// The kinds of reminders that it sends by mail, each with its words (`reminder.<kind>`): people choose among them.
    public var reminders: [String] = []
    /// What opens something of a person's without their account.
    public var privateAddresses: [PrivateAddress] = []
    /// Addresses that open something by themselves, which a restored backup brings back as they were.
    public var openAddresses: [OpenAddresses] = []
    /// What it holds about people, and what becomes of it.
    public var personal = PersonalData()
    /// What `essaim check` looks at: sentences about what is broken.
    public var checks: (@Sendable (any Reader) throws -> [String])?

    public init(_ name: String) {
        self.name = name
    }
}

/// A page for whoever administers the site, with what it is for.
public struct AdministrationEntry: Sendable {
    let path: String
    /// The keys of its words.
    let title: String
    let lede: String

    public init(path: String, title: String, lede: String) {
        (self.path, self.title, self.lede) = (path, title, lede)
    }
}

/// A private page that opens for one person without account, until a day.
public struct Door: Sendable, Equatable {
    /// The stage of a visit that waits behind it.
    public let stage: StageMark.Stage
    public let path: String
    public let lastDay: Day

    public init(_ stage: StageMark.Stage, _ path: String, lastDay: Day) {
        (self.stage, self.path, self.lastDay) = (stage, path, lastDay)
    }
}

/// `[[citation:ID]]` alone in a paragraph of a text: another capability says what it shows, to whom.
public struct Directive: Sendable {
    public let name: String
    /// The markup of each identifier for this person; one that is missing shows nothing.
    public let render: @Sendable (_ ids: [String], any Reader, Request) throws -> [String: Markup]
    /// What binds a text's hash to each identifier without holding its words.
    public let commitments: @Sendable (_ ids: [String], any Reader) throws -> [String: String]
    /// Told of what a text quotes now, by section, whenever it has a new revision.
    public let noted: @Sendable (_ textId: String, _ idsBySection: [String: [String]], Change) throws -> Void

    public init(
        _ name: String, render: @escaping @Sendable (_ ids: [String], any Reader, Request) throws -> [String: Markup],
        commitments: @escaping @Sendable (_ ids: [String], any Reader) throws -> [String: String],
        noted: @escaping @Sendable (_ textId: String, _ idsBySection: [String: [String]], Change) throws -> Void
    ) {
        self.name = name
        self.render = render
        self.commitments = commitments
        self.noted = noted
    }
}

/// A piece of a page that belongs to another capability: the synthesis on a visit's page.
public struct Panel: Sendable {
    /// The page it is on: `visit`, `programme`, `territory`…
    public let place: String
    public let rank: Int
    public let render: @Sendable (_ objectId: String, _ request: Request) async throws -> Markup

    public init(
        on place: String, rank: Int, render: @escaping @Sendable (_ objectId: String, _ request: Request) async throws -> Markup
    ) {
        self.place = place
        self.rank = rank
        self.render = render
    }
}

/// A piece of a paper that belongs to another capability: the grid of a visit in its programme.
public struct Leaf: Sendable {
    /// The paper it is in: `visitProgramme`.
    public let place: String
    public let write: @Sendable (_ objectId: String, _ request: Request) async throws -> [Prose.Block]

    public init(in place: String, write: @escaping @Sendable (_ objectId: String, _ request: Request) async throws -> [Prose.Block]) {
        self.place = place
        self.write = write
    }
}

/// One thing that a person has to do, doable from where it is shown.
public struct Todo: Sendable, Codable, Equatable {
    public var title: String
    public var path: String
    public var due: Day?
    /// The day it was asked, where it may be asked too late: what was past then is not late but wanted soon.
    public var asked: Day?
    /// What it is made of, where it is several things about one.
    public var parts: [Part] = []

    /// One of several things to do about one.
    public struct Part: Sendable, Codable, Equatable {
        public var title: String
        public var path: String

        public init(title: String, path: String) { (self.title, self.path) = (title, path) }
    }

    public init(title: String, path: String, due: Day? = nil, asked: Day? = nil, parts: [Part] = []) {
        self.title = title
        self.path = path
        self.due = due
        self.asked = asked
        self.parts = parts
    }

    /// Its day was past when it was asked.
    var isSoonest: Bool { due.flatMap { due in asked.map { due < $0 } } ?? false }
}

extension Site {
    /// The panels of a page, one after the other.
    public func panels(on place: String, of objectId: String, _ request: Request) async throws -> Markup {
        var markup = Markup.empty
        for panel in features.flatMap(\.panels).filter({ $0.place == place }).sorted(by: { $0.rank < $1.rank }) {
            markup += try await panel.render(objectId, request)
        }
        return markup
    }

    /// What the other capabilities write in a paper, one after the other.
    public func leaves(in place: String, of objectId: String, _ request: Request) async throws -> [Prose.Block] {
        var blocks: [Prose.Block] = []
        for leaf in features.flatMap(\.leaves) where leaf.place == place { blocks += try await leaf.write(objectId, request) }
        return blocks
    }
}
