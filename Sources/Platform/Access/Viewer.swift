/// Somebody who looks or acts: a visitor of the site, a person with an account, a guest with a private link.
public struct Viewer: Sendable, Equatable {
    public var personId: String?
    public var name: String?
    public var isAdministrator = false
    /// Roles held today, by scope (a programme, a visiting group, a committee…).
    public var roles: [String: Set<Role>] = [:]
    /// A guest's link opens one thing and nothing else.
    public var onlyObject: String?

    public static let anybody = Viewer()

    public init(
        personId: String? = nil, name: String? = nil, isAdministrator: Bool = false, roles: [String: Set<Role>] = [:],
        onlyObject: String? = nil
    ) {
        self.personId = personId
        self.name = name
        self.isAdministrator = isAdministrator
        self.roles = roles
        self.onlyObject = onlyObject
    }

    public func roles(in scope: String?) -> Set<Role> { scope.flatMap { roles[$0] } ?? [] }

    public func isMember(of scope: String?) -> Bool { !roles(in: scope).isEmpty }

    var scopes: [String] { roles.keys.sorted() }

    func scopes(holding role: Role) -> [String] {
        roles.filter { $0.value.contains(role) }.keys.sorted()
    }

    func scopes(holdingAnyBut excluded: Set<Role>) -> [String] {
        roles.filter { !$0.value.subtracting(excluded).isEmpty }.keys.sorted()
    }
}
