import Database

/// A line of a programme's navigation, shown to those for whom its page opens.
public struct NavigationEntry: Sendable {
    public let rank: Int
    /// The key of its words.
    public let key: String
    /// After `/programmes/{slug}`: `/visites`.
    public let path: String
    let opens: @Sendable (_ programmeId: String, any Reader, Request) throws -> Bool

    /// An entry whose page opens by a rule of its own: to whoever sees one of the visits.
    public init(
        rank: Int, key: String, path: String,
        opens: @escaping @Sendable (_ programmeId: String, any Reader, Request) throws -> Bool
    ) {
        self.rank = rank
        self.key = key
        self.path = path
        self.opens = opens
    }

    /// An entry whose page opens to an audience of the programme.
    public init(rank: Int, key: String, path: String, for audience: Audience) {
        self.init(rank: rank, key: key, path: path) { programmeId, _, request in
            let page = Protection("navigation", programmeId, programme: programmeId, author: nil, audience: audience)
            return request.site.policy.allows(.see, request.viewer, on: page)
        }
    }
}

/// A programme in the shell: its name, its slug, the entry where one is, the entries that open to this person.
public struct ProgrammeNavigation: Sendable {
    public let id: String
    public let name: String
    public let slug: String
    /// The path of an entry, after the programme's address.
    public var current: String?
    var entries: [NavigationEntry] = []

    public init(id: String, name: String, slug: String, current: String?) {
        self.id = id
        self.name = name
        self.slug = slug
        self.current = current
    }
}

extension Dispatcher {
    /// The answer with the navigation that this person may follow.
    func guided(_ response: Response, _ request: Request) async throws -> Response {
        guard let programme = response.page?.programme else { return response }
        let entries = site.features.flatMap(\.navigation).sorted { $0.rank < $1.rank }
        var response = response
        response.page?.programme?.entries = try await site.database.read { reader in
            try entries.filter { try $0.opens(programme.id, reader, request) }
        }
        return response
    }
}
