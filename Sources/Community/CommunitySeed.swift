import Database
import Formats
import Platform

/// Many plausible programmes and people, always the same: for measures of speed, never for a real site.
package enum CommunitySeed {
    /// Another programme, public, with nobody in it; answers its identifier.
    package static func programme(_ number: Int, seed: Int, in change: Change) throws -> String {
        var prose = SampleProse(seed: seed, 1_000_000 + number)
        let (id, title) = (change.newId(), prose.title().text)
        try change.run(
            """
            INSERT INTO programme (id, slug, title, summary, language, license, created_at)
            VALUES (\(id), \("\(French.slug(title))-\(number)"), \(title), \(prose.sentence().text), 'fr', 'CC-BY-SA-4.0', \(change.now))
            """)
        try change.run("INSERT INTO scope (id, programme_id, kind, name) VALUES (\(id), \(id), 'programme', \(title))")
        try change.protect(Protection("programme", id, programme: id, author: nil, audience: .everyone))
        try change.trace("programme", id, programme: id)
        return id
    }

    /// People with a function and a role in a programme; answers their identifiers.
    package static func people(_ numbers: Range<Int>, in programme: String, seed: Int, _ change: Change) throws -> [String] {
        let organizations = try Organization.of(programme: programme, change).map(\.id)
        return try numbers.map { number in
            var prose = SampleProse(seed: seed, 2_000_000 + number)
            let person = try People.add(name: prose.person(), email: "personne-\(number)@essai.example", in: change)
            let organization = organizations.isEmpty ? nil : organizations[prose.number(below: organizations.count)]
            try Profiles.save(person, function: prose.title().text, organization: organization, in: change)
            let role: Role = number % 10 < 6 ? .facilitator : number % 10 < 8 ? .committee : .partner
            try change.join(person, scope: programme, as: role)
            try change.trace("programme", programme, programme: programme, as: "membership.started", ["person": person, "role": role.rawValue])
            return person
        }
    }
}
