import Community
import Database
import Formats
import Foundation
import Platform

/// Plays the story: each act is a form that its author sends, through everything a real request goes through.
struct StoryPlayer: Sendable {
    let site: Site
    let story: Story
    let clock: StoryClock
    let password: String

    func play() async throws {
        clock.move(to: "2026-01-12")
        let slug = try await importProgramme()
        let cast = try await StoryCast.enter(story.people, in: site, programme: slug, password: password)
        let stage = Stage(site: site, cast: cast, programme: slug)
        try await settleFinding(on: stage)
        try await SeatScene(stage: stage, people: story.people).play()
        try await GridScene(stage: stage, clock: clock, grid: story.grid).play()
        for visit in story.visits {
            try await VisitScenes(stage: stage, clock: clock, visit: visit).play()
        }
        try await PollScene(stage: stage, clock: clock).play(
            officer: "clemence-roussel",
            answers: [("sandrine-petitjean", ["yes", "maybe", "no"]), ("idriss-kamara", ["no", "yes", "yes"]), ("helene-vasseur", ["no", "yes", "maybe"])])
        // Nobody stays logged in.
        _ = try await site.database.write { try $0.run("DELETE FROM session") }
    }

    /// The officer settles the date that does not exist: the others still wait.
    private func settleFinding(on stage: Stage) async throws {
        let slug = stage.programme
        let found = try await stage.read { reader in
            try reader.text(
                """
                SELECT finding.id FROM finding JOIN programme ON programme.id = finding.programme_id
                WHERE programme.slug = \(slug) AND severity = 'error' ORDER BY position LIMIT 1
                """)
        }
        guard let found, let officer = story.people.first(where: { $0.roles.contains("officer") }) else { return }
        try await stage.act(
            officer.key, "/programmes/\(slug)/remarques/\(found)",
            [("decision", "Lire le 30 avril 2021 : la structure qui coordonne l’a confirmé.")])
    }

    private func importProgramme() async throws -> String {
        let file = site.share.programmeExample
        return try await ProgrammeIntake(site).take([UInt8](Data(contentsOf: file)), named: file.lastPathComponent, say: { _ in })
    }
}

/// Where the acts are played: the site as each person's browser sees it.
struct Stage: Sendable {
    let site: Site
    let cast: StoryCast
    let programme: String
    private let dispatcher: Dispatcher

    init(site: Site, cast: StoryCast, programme: String) {
        self.site = site
        self.cast = cast
        self.programme = programme
        dispatcher = Dispatcher(site)
    }

    /// A form sent by somebody; anything but a redirection is an error of the story or of the site, told with its page.
    @discardableResult func act(_ person: String, _ path: String, _ fields: [(String, String)] = []) async throws -> String {
        let response = try await client(person).post(path, pairs: fields)
        guard response.status == 303 else { throw Missed(person: person, path: path, response: response) }
        return response.header("location") ?? ""
    }

    /// A file sent by somebody from the editor of a text; answers what the text says to show it.
    func upload(_ person: String, _ path: String, _ fields: [String: String], _ file: UploadedFile) async throws -> String {
        let response = try await client(person).post(path, fields, files: ["file": file], headers: ["accept": "application/json"])
        guard response.status == 200, let markdown = (try? JSONValue.parse(response.body))?["markdown"]?.string else {
            throw Missed(person: person, path: path, response: response)
        }
        return markdown
    }

    /// The browser of somebody, freshly logged in: the story goes over months, a session does not.
    func client(_ person: String) async throws -> Client {
        let cookie = try await site.amend(as: "person.signedIn", by: .site, isPublic: false) { change in
            change.leaveAsItIs()
            return try Sessions.open(for: cast[person], device: "", in: change)
        }
        return Client(dispatcher, cookie: cookie)
    }

    func read<T: Sendable>(_ body: @Sendable @escaping (any Reader) throws -> T) async throws -> T {
        try await site.database.read(body)
    }

    /// An act of the story did not go through.
    struct Missed: Error, CustomStringConvertible {
        let person: String
        let path: String
        let response: Response

        var description: String {
            let errors = response.text.split(separator: "\n").filter { $0.contains("error") }.prefix(12).joined(separator: "\n")
            return "\(person) → POST \(path): \(response.status)\n\(errors.prefix(3_000))"
        }
    }
}

/// The people of the story in the site.
struct StoryCast: Sendable {
    private let people: [String: String]
    private let accounts: Set<String>

    subscript(_ key: String) -> String { people[key] ?? "" }
    func hasAccount(_ key: String) -> Bool { accounts.contains(key) }

    static func enter(_ cast: [Story.Person], in site: Site, programme slug: String, password: String) async throws -> StoryCast {
        let hash = try await Accounts.hash(password: password, site: site)
        let (people, accounts) = try await site.amend(as: "person.added", by: .site) { change in
            var people: [String: String] = [:]
            var accounts: Set<String> = []
            let programme = try change.text("SELECT id FROM programme WHERE slug = \(slug)") ?? ""
            for person in cast {
                let id = try People.add(name: person.name, email: person.email, language: .french, in: change)
                people[person.key] = id
                let organization = try change.text(
                    """
                    SELECT organization_id FROM programme_organization
                    WHERE programme_id = \(programme) AND file_key = \(person.organization)
                    """)
                try Profiles.save(id, function: person.function, organization: organization, in: change)
                for role in person.roles.compactMap(Role.init) where role != .host {
                    try change.join(id, scope: programme, as: role)
                }
                if person.hasAccount == "true" {
                    try Accounts.open(for: id, isAdministrator: person.administrator == "true", in: change)
                    try Accounts.setPassword(id, hash: hash, in: change)
                    accounts.insert(person.key)
                }
                try change.trace("person", id, programme: programme)
            }
            return (people, accounts)
        }
        return StoryCast(people: people, accounts: accounts)
    }
}
