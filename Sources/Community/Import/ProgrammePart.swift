import Platform

/// What a capability takes from a programme file: its territories, its grid, its visits.
package struct ProgrammePart: Sendable {
    package let name: String
    /// Saves its part, in the transaction of the import, and gives others the identifiers of what it made.
    package let save: @Sendable (ProgrammeFile, inout ImportKeys, Change) throws -> Void

    package init(
        _ name: String, save: @escaping @Sendable (ProgrammeFile, inout ImportKeys, Change) throws -> Void
    ) {
        self.name = name
        self.save = save
    }
}

/// The identifiers given to the keys of a programme file while it is imported.
package struct ImportKeys: Sendable {
    package let programmeId: String
    package var organizations: [String: String] = [:]
    package var territories: [String: String] = [:]
    package var dimensions: [String: String] = [:]
    /// Circles, by the key of their group.
    package var scopes: [String: String] = [:]
    package var visits: [String: String] = [:]
    package var seminars: [String: String] = [:]
}
