import Database

/// Who may see a thing, from the narrowest to the widest. It widens by an act that is recorded.
public enum Audience: String, Sendable, Codable, CaseIterable, Comparable, SQLConvertible {
    /// Its author alone.
    case author
    /// A named circle: a visiting group, a visiting group with its host, a committee, invited guests.
    case scope
    /// Whoever holds a role in the programme.
    case community
    /// … and the partners.
    case partners
    /// Anybody.
    case everyone = "public"

    public static func < (left: Audience, right: Audience) -> Bool {
        allCases.firstIndex(of: left)! < allCases.firstIndex(of: right)!
    }
}

/// What somebody is in a programme or in one of its circles.
public enum Role: String, Sendable, Codable, CaseIterable, SQLConvertible {
    case coordinator, officer, researcher, facilitator, committee, partner
    /// Held in a visit's circles: the host structure's people, the visitors, the staff who come along.
    case host, visitor, staff
}

/// One row of the table `access`: what the policy needs to know of a thing, whatever it is.
public struct Protection: Sendable, Equatable, Codable {
    public var objectId: String
    public var kind: String
    public var programmeId: String?
    public var authorId: String?
    public var scopeId: String?
    public var audience: Audience
    public var withdrawnAt: Int64?

    public init(
        _ kind: String, _ objectId: String, programme: String?, author: String?, scope: String? = nil, audience: Audience
    ) {
        self.kind = kind
        self.objectId = objectId
        programmeId = programme
        authorId = author
        scopeId = scope
        self.audience = audience
    }
}
