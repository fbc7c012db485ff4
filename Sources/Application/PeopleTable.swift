import Formats
import Platform

/// A table of people to bring in, with a head: their names and their addresses, one of them a line.
struct PeopleTable: Sendable {
    struct Line: Sendable, Equatable {
        let number: Int
        let name: String
        let email: String
    }

    let lines: [Line]

    /// - Throws: `Failure` with every line that cannot be read.
    init(_ bytes: [UInt8], words: Words) throws {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure("Le tableau n'est pas en UTF-8 : dans le tableur, enregistrez-le en « CSV UTF-8 ».", code: 65)
        }
        let rows = CSV.read(text)
        let head = rows.first?.cells.map(French.fold) ?? []
        guard let name = head.firstIndex(of: "nom"), let email = head.firstIndex(where: { ["adresse", "courriel", "email", "e-mail"].contains($0) }) else {
            throw Failure("La première ligne du tableau doit nommer ses colonnes : « nom » et « adresse » (les autres sont laissées de côté).", code: 65)
        }
        var (lines, faults, known) = ([Line](), [String](), [String: Int]())
        for row in rows.dropFirst() {
            func cell(_ place: Int) -> String { row.cells.indices.contains(place) ? row.cells[place] : "" }
            do {
                let line = Line(number: row.line, name: try People.checkedName(cell(name)), email: try People.checkedEmail(cell(email)))
                if let first = known.updateValue(row.line, forKey: People.emailKey(line.email)) {
                    faults.append("ligne \(row.line) : « \(line.email) » est déjà à la ligne \(first).")
                }
                lines.append(line)
            } catch let refusal as any Refusal {
                faults.append("ligne \(row.line) : \(words(refusal.key, refusal.arguments))")
            }
        }
        if faults.isEmpty, lines.isEmpty { faults = ["il n'y a personne sous la première ligne."] }
        guard faults.isEmpty else { throw Failure((["le tableau est refusé, personne n'est entré."] + faults).joined(separator: "\n  "), code: 65) }
        self.lines = lines
    }
}

/// People brought in from a table, all or nobody, with one role in one programme.
struct PeopleIntake: Sendable {
    let site: Site
    let role: String
    let programme: String

    /// What was tried and is not kept.
    private struct Trial: Error {
        let outcomes: [NewAccount.Outcome]
    }

    /// What becomes of each line.
    /// - Parameter isKept: false to try it, and leave everything as it is.
    func take(_ table: PeopleTable, isKept: Bool) async throws -> [NewAccount.Outcome] {
        do {
            return try await site.amend(as: "person.added", by: .site) { change in
                let outcomes = try table.lines.map {
                    try NewAccount(name: $0.name, email: $0.email, role: role, programme: programme, password: nil).enter(in: change)
                }
                guard isKept, outcomes.contains(where: { $0 != .unchanged }) else { throw Trial(outcomes: outcomes) }
                return outcomes
            }
        } catch let trial as Trial { return trial.outcomes }
    }
}
