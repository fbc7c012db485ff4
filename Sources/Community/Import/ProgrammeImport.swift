import Database
import Formats
import Platform

/// Makes a programme out of its file, in one transaction: all of it, or nothing.
public struct ProgrammeImport: Sendable {
    let parts: [ProgrammePart]

    /// - Parameter parts: what each capability takes from the file, in an order where each finds what it refers to.
    package init(parts: [ProgrammePart]) {
        self.parts = parts
    }

    /// Reads a file as it was received; nothing is written.
    ///
    /// - Returns: the programme, whose `findings()` say what does not hold together in it, or every problem with its line.
    public static func read(_ bytes: [UInt8], named name: String) -> Result<ProgrammeFile, ProgrammeFile.Problems> {
        ProgrammeFile.read(bytes, named: name)
    }

    /// Creates the programme; whoever does it becomes its project officer.
    ///
    /// - Parameter audience: who reads its first page: everybody, or the people of the programme.
    /// - Returns: the identifier of the programme.
    /// - Throws: a refusal when the address is taken: importing twice changes nothing; `Forbidden`.
    @discardableResult
    public func save(
        _ file: ProgrammeFile, for audience: Audience = .everyone, by actor: Actor, in site: Site
    ) async throws -> String {
        try await site.amend(as: "programme.imported", by: actor) { change in
            try save(file, for: audience, in: change).programmeId
        }
    }

    /// The same inside a change, traced as this change is called; answers what every key of the file became.
    func save(_ file: ProgrammeFile, for audience: Audience, in change: Change) throws -> ImportKeys {
        var keys = try begin(file, for: audience, in: change)
        for part in parts { try part.save(file, &keys, change) }
        try Programme.index(keys.programmeId, in: change)
        try change.trace("programme", keys.programmeId, programme: keys.programmeId, ["slug": file.slug])
        return keys
    }

    /// The addresses under `/programmes` that are pages of the site.
    static let reserved: Set<String> = ["nouveau", "importer", "importations"]

    /// Whether the programme of a file can be made here: its address is free.
    /// - Throws: `ImportRefusal`
    static func check(_ file: ProgrammeFile, _ reader: any Reader) throws {
        guard !reserved.contains(file.slug) else { throw ImportRefusal.addressReserved(file.slug) }
        guard try !reader.exists("SELECT 1 FROM programme WHERE slug = \(file.slug)") else {
            throw ImportRefusal.addressTaken(file.slug)
        }
    }

    private func begin(_ file: ProgrammeFile, for audience: Audience, in change: Change) throws -> ImportKeys {
        try change.require(.startProgramme)
        try Self.check(file, change)
        var keys = ImportKeys(programmeId: change.newId())
        try ProgrammeRows.insert(file, keys.programmeId, for: audience, in: change)
        if let person = change.actor.personId { try change.join(person, scope: keys.programmeId, as: .officer) }
        try OrganizationsOfFile.save(file, &keys, change)
        try GroupsOfFile.save(file, &keys, change)
        try ProgrammeParts.keep(file, of: keys.programmeId, in: change)
        return keys
    }
}
