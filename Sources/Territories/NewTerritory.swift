import Community
import Database
import Formats
import Platform

/// A territory about to exist, or to be changed: a name and official codes.
package struct NewTerritory: Sendable {
    let name: String
    let codes: [ProgrammeFile.TerritoryCode]
    /// The key of the file, from which the address is drawn; the name otherwise.
    var key: String?

    init(name: String, codes: [ProgrammeFile.TerritoryCode], key: String? = nil) {
        self.name = name
        self.codes = codes
        self.key = key
    }

    /// - Throws: `Refusals`, one for each thing wrong.
    init(_ form: Fields) throws {
        var refusals: [any Refusal] = []
        name = form.line("name")
        if name.isEmpty { refusals.append(Refused("territories.form.nameMissing", field: "name")) }
        if name.unicodeScalars.count > 200 { refusals.append(Refused("territories.form.nameTooLong", field: "name")) }
        var read: [ProgrammeFile.TerritoryCode] = []
        for line in form.text("codes").split(whereSeparator: { $0.isNewline || $0 == "," || $0 == ";" }).prefix(500) {
            let typed = CleanText.line(String(line))
            if typed.isEmpty { continue }
            guard let code = ProgrammeFile.TerritoryCode.typed(typed) else {
                refusals.append(Refused("territories.form.badCode", ["code": String(typed.prefix(80))], field: "codes"))
                continue
            }
            read.append(code)
        }
        codes = read
        guard refusals.isEmpty else { throw Refusals(refusals) }
    }

    /// Adds the territory to a programme, public as all territories are; answers its identifier.
    func add(to programme: String, _ change: Change) throws -> String {
        let id = change.newId()
        let slug = try freeSlug(programme, change)
        try change.run(
            """
            INSERT INTO territory (id, programme_id, file_key, slug, name)
            VALUES (\(id), \(programme), \(key ?? slug), \(slug), \(name))
            """)
        try change.protect(Protection("territory", id, programme: programme, author: nil, audience: .everyone))
        try place(id, change)
        return id
    }

    /// The territory of a programme with this name, accents and case aside, or a new one with the code given.
    /// - Throws: `Refused` when the code is none, on the field `codes`.
    package static func findOrCreate(_ name: String, codes: String, programme: String, in change: Change) throws -> String {
        let known = try change.all(
            Known.self, "SELECT id, name FROM territory WHERE programme_id = \(programme) ORDER BY name, id")
        if let found = known.first(where: { French.fold($0.name) == French.fold(name) }) { return found.id }
        let id = try NewTerritory(Fields([("name", name), ("codes", codes)])).add(to: programme, change)
        try change.trace("territory", id, programme: programme, as: "territory.added")
        return id
    }

    /// Gives a territory this name and these places; its address stays.
    func replace(_ id: String, _ change: Change) throws {
        try change.run("UPDATE territory SET name = \(name) WHERE id = \(id)")
        try change.run("DELETE FROM territory_place WHERE territory_id = \(id)")
        try place(id, change)
    }

    private func place(_ id: String, _ change: Change) throws {
        for place in Set(codes.map(OfficialPlace.init)) {
            try change.run(
                "INSERT INTO territory_place (territory_id, kind, code) VALUES (\(id), \(place.kind), \(place.code))")
        }
    }

    private func freeSlug(_ programme: String, _ reader: any Reader) throws -> String {
        let drawn = French.slug(key ?? name)
        let base = drawn.isEmpty || ["nouveau", "export"].contains(drawn) ? "territoire" : drawn
        var slug = base
        var number = 2
        while try reader.exists("SELECT 1 FROM territory WHERE programme_id = \(programme) AND slug = \(slug)") {
            slug = "\(base)-\(number)"
            number += 1
        }
        return slug
    }
}

private struct Known: Decodable {
    let id: String
    let name: String
}

/// An official code, as the database names its kind.
private struct OfficialPlace: Hashable {
    let kind: TerritoryPlace.Kind
    let code: String

    init(_ code: ProgrammeFile.TerritoryCode) {
        kind =
            switch code.kind {
            case .commune: .commune
            case .intermunicipality: .epci
            case .department: .department
            case .region: .region
            }
        self.code = code.code
    }
}
