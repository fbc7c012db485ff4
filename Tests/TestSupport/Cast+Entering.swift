import Database
import Formats
import Platform

extension Cast {
    /// Writes the cast in a fresh site and opens a session for each.
    static func enter(_ site: Site) async throws -> (Cast, [Name: String]) {
        try await site.amend(as: "test.cast", by: .site) { change in
            var cast = Cast()
            let cookies = try cast.enterPeople(change)
            try cast.enterProgramme(change)
            try cast.enterVisits(change)
            try change.trace("programme", cast.programme, programme: cast.programme)
            return (cast, cookies)
        }
    }

    private mutating func enterPeople(_ change: Change) throws -> [Name: String] {
        var cookies: [Name: String] = [:]
        for name in Name.allCases {
            let id = change.newId()
            people[name] = id
            try change.run(
                """
                INSERT INTO person (id, name, sort_key, email, email_key, language, created_at)
                VALUES (\(id), \(name.rawValue.prefix(1).uppercased() + name.rawValue.dropFirst()), \(name.rawValue), \(Cast.email(name)), \(Cast.email(name)), 'fr', \(change.now))
                """)
            try change.run(
                """
                INSERT INTO account (person_id, password_hash, is_administrator, created_at)
                VALUES (\(id), NULL, \(name == .sam), \(change.now))
                """)
            cookies[name] = try Sessions.open(for: id, device: "test", in: change)
        }
        return cookies
    }

    private mutating func enterProgramme(_ change: Change) throws {
        let id = change.newId()
        programme = id
        try change.run(
            """
            INSERT INTO programme (id, slug, title, summary, language, license, created_at)
            VALUES (\(id), 'essai', 'Essai', 'Un petit programme.', 'fr', 'CC-BY-SA-4.0', \(change.now))
            """)
        try change.run("INSERT INTO scope (id, programme_id, kind, name) VALUES (\(id), \(id), 'programme', 'Essai')")
        try change.protect(Protection("programme", id, programme: id, author: nil, audience: .everyone))
        let roles: [(Name, Role)] =
            [(.nadia, .officer), (.hugo, .coordinator), (.iris, .researcher), (.paul, .partner), (.maud, .committee)]
            + Cast.visitors.map { ($0, .facilitator) }
        for (name, role) in roles { try change.join(self[name], scope: id, as: role) }
        for key in ["ardes", "apes"] {
            let organization = change.newId()
            organizations[key] = organization
            try change.run(
                """
                INSERT INTO organization (id, name, short_name, kind, fold_key, sort_key, created_at)
                VALUES (\(organization), \(key.uppercased()), \(key.uppercased()), 'association', \(key), \(key), \(change.now))
                """)
            try change.run(
                """
                INSERT INTO programme_organization (programme_id, organization_id, file_key)
                VALUES (\(id), \(organization), \(key))
                """)
        }
        for name in Name.allCases {
            let host: String? = name == .yann ? organizations["ardes"] : name == .zoe ? organizations["apes"] : nil
            try change.run(
                """
                INSERT INTO person_profile (person_id, function, organization_id, interests)
                VALUES (\(self[name]), \("Fonction de \(name.rawValue)"), \(host), '')
                """)
        }
        let grid = change.newId()
        try change.run("INSERT INTO grid (id, programme_id) VALUES (\(grid), \(id))")
        try change.protect(Protection("grid", grid, programme: id, author: nil, scope: id, audience: .everyone))
        for (position, key) in ["accompagnement", "cooperation", "participation"].enumerated() {
            let dimension = change.newId()
            dimensions[key] = dimension
            try change.run(
                """
                INSERT INTO dimension (id, grid_id, file_key, position, name, description)
                VALUES (\(dimension), \(grid), \(key), \(position), \("Dimension \(key)"), '')
                """)
        }
        territory = change.newId()
        try change.run(
            """
            INSERT INTO territory (id, programme_id, file_key, slug, name)
            VALUES (\(territory), \(id), 'caen', 'caen', 'Caen la Mer')
            """)
        try change.protect(Protection("territory", territory, programme: id, author: nil, audience: .everyone))
    }

    private mutating func enterVisits(_ change: Change) throws {
        caen = try enterVisit("caen", "Caen", host: organizations["ardes"], position: 1, change)
        lille = try enterVisit("lille", "Lille", host: organizations["apes"], position: 2, change)
        for (day, half) in [("2026-04-14", "am"), ("2026-04-14", "pm"), ("2026-04-15", "am"), ("2026-04-15", "pm")] {
            let slot = change.newId()
            caen.slots.append(slot)
            try change.run("INSERT INTO slot (id, event_id, day, half) VALUES (\(slot), \(caen.visit), \(day), \(half))")
        }
        caen.encounter = change.newId()
        try change.run(
            """
            INSERT INTO encounter (id, event_id, slot_id, position, title, kind, place)
            VALUES (\(caen.encounter), \(caen.visit), \(caen.slots[1]), 1, 'Atelier des salariés', 'employee', 'Colombelles')
            """)
        for scope in [caen.delegation, caen.circle] {
            for name in Cast.visitors { try change.join(self[name], scope: scope, as: .visitor) }
            for name in [Name.nadia, .iris] { try change.join(self[name], scope: scope, as: .staff) }
        }
        try change.join(self[.yann], scope: caen.circle, as: .host)
        for scope in [lille.delegation, lille.circle] { try change.join(self[.nadia], scope: scope, as: .staff) }
        try change.join(self[.zoe], scope: lille.circle, as: .host)
        try change.run(
            """
            UPDATE visit SET stage = 'prepared', focus = 'L’emploi choisi', flagship_initiative = 'L’entreprise à but d’emploi',
                signatory_id = \(self[.yann]) WHERE id = \(caen.visit)
            """)
    }

    private func enterVisit(_ slug: String, _ name: String, host: String?, position: Int, _ change: Change) throws -> Place {
        var place = Place()
        place.visit = change.newId()
        place.delegation = change.newId()
        place.circle = change.newId()
        for (scope, kind) in [(place.delegation, "delegation"), (place.circle, "delegation_and_host")] {
            try change.run(
                "INSERT INTO scope (id, programme_id, kind, name) VALUES (\(scope), \(programme), \(kind), \(name))")
        }
        try change.run(
            """
            INSERT INTO event (id, programme_id, kind, title, place, position, created_at)
            VALUES (\(place.visit), \(programme), 'visit', \(name), \(name), \(position), \(change.now))
            """)
        try change.run(
            """
            INSERT INTO visit (id, programme_id, slug, position, name, host_id, territory_id, stage, length_written, focus,
                flagship_initiative, delegation_id, circle_id, created_at)
            VALUES (\(place.visit), \(programme), \(slug), \(position), \(name), \(host), \(territory), 'candidate', '2 jours', '', '',
                \(place.delegation), \(place.circle), \(change.now))
            """)
        try change.protect(
            Protection("visit", place.visit, programme: programme, author: nil, scope: place.circle, audience: .community))
        return place
    }
}
