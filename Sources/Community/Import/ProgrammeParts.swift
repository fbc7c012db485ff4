import Database
import Platform

/// The file of a programme, kept whole as YAML: what the database does not hold yet (plan, funders, lenses) is read
/// from it.
enum ProgrammeParts {
    static func keep(_ file: ProgrammeFile, of programme: String, in change: Change) throws {
        try change.run(
            "INSERT INTO programme_part (programme_id, name, content) VALUES (\(programme), 'file', \(file.yaml()))")
    }

    /// The file as it was imported; nil for a programme that never had one.
    static func file(of programme: String, _ reader: any Reader) throws -> ProgrammeFile? {
        let kept = try reader.text(
            "SELECT content FROM programme_part WHERE programme_id = \(programme) AND name = 'file'")
        guard let kept else { return nil }
        return try? ProgrammeFile.read(kept, named: programme).get()
    }
}
