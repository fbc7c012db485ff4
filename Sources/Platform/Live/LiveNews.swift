import Formats

/// How things stand for one person at one moment, on a page that several have open.
public struct LiveNews: Sendable, Equatable {
    /// Names what this person may see: the same on every server and after every restart, another one when it changed.
    public var mark: String
    /// Whose each thing is, by its identifier: the names of those whose are new are said.
    public var things: [String: String]
    /// Who is there, by place of the page, as a sentence.
    public var presence: [String: String]

    public init(mark: String, things: [String: String] = [:], presence: [String: String] = [:]) {
        self.mark = mark
        self.things = things
        self.presence = presence
    }

    /// The people whose things were not there before, once each, in the order of their names.
    func authors(since before: LiveNews) -> [String] {
        Set(things.filter { before.things[$0.key] == nil }.values).sorted()
    }
}

/// What a page is told as long as it is open, and by whom it is followed.
public struct LiveFeed: Sendable {
    /// What wakes it: see `LiveTopic`.
    let topics: Set<String>
    /// The part of the page where its reader is shown to the others; nil for who only reads.
    let place: LivePlace?
    /// The key of the sentence that says whose things are new (`names`, `n`).
    let key: String
    /// Looked again each time: throws when this person may not see it any more.
    let look: @Sendable (Request) async throws -> LiveNews

    public init(
        _ topics: Set<String>, at place: LivePlace? = nil, saying key: String, _ look: @escaping @Sendable (Request) async throws -> LiveNews
    ) {
        self.topics = topics
        self.place = place
        self.key = key
        self.look = look
    }
}

/// A part of something that several people have open: the notebook of a visit, a section of a text.
public struct LivePlace: Sendable, Hashable {
    public let topic: String
    public let name: String

    public init(_ topic: String, _ name: String = "") {
        self.topic = topic
        self.name = name
    }
}

/// What rings: everything that a change traces, by its identifier and by its kind in the programme.
public enum LiveTopic {
    /// What is done with one thing.
    public static func thing(_ id: String) -> String { id }

    /// What is done with the things of a kind in a programme.
    public static func kind(_ kind: String, in programmeId: String?) -> String { "\(kind):\(programmeId ?? "")" }

    /// Somebody's session ended: everybody is asked again who they are.
    static let sessions = "sessions"
}

/// Why a page is told nothing more.
enum LiveEnd: String, Sendable {
    /// The server stops; another one, or the same, is there in a moment.
    case stopping
    /// The same person opened more pages than are followed at once.
    case elsewhere
    /// As many pages are followed as the server can.
    case full
    /// Logged out, or not allowed any more.
    case closed
}

extension Response {
    /// What happens, told as it happens (server-sent events); answered as any page is when this person may not see it.
    public static func live(_ feed: LiveFeed, _ request: Request) async throws -> Response {
        var response = Response(headers: [
            ("content-type", "text/event-stream; charset=utf-8"), ("cache-control", "no-store"),
            // nginx keeps an answer until it is whole, unless it is told.
            ("x-accel-buffering", "no"),
        ])
        response.feed = LiveResponse(feed: feed, first: try await feed.look(request), request: request)
        return response
    }
}

/// A feed as it was when the page opened it.
struct LiveResponse: Sendable {
    let feed: LiveFeed
    let first: LiveNews
    let request: Request
}
