import ArgumentParser
import Community
import Database
import Evidence
import Library
import Notes
import Platform
import Territories
import Texts
import Visits

/// Fills a demonstration with a corpus of a size, always the same for the same seed: for measures only.
struct Seed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Remplit un site d'essai.", shouldDisplay: false)

    @OptionGroup var data: DataOption
    @Option var resources: Int
    /// One visit for two hundred resources and one person for twenty, unless they are said.
    @Option var visits: Int?
    @Option var people: Int?
    @Option var seed = 1

    func run() async throws {
        let site = try await data.folder.open(creating: false)
        guard site.configuration.isDemonstration else { throw Failure("Ce site n'est pas une démonstration.", code: 73) }
        let corpus = SeededCorpus(
            site: site, seed: seed, visits: max(1, visits ?? resources / 200), people: max(20, people ?? resources / 20))
        try await corpus.write(resources: resources)
        try site.database.close()
        print("\(resources) ressources, \(corpus.visits) visites, \(corpus.people) personnes ajoutées.")
    }
}

/// A corpus written by batches, each one transaction: the journal of the database stays small.
struct SeededCorpus: Sendable {
    private static let batch = 2_000
    /// So many visits a programme; the first programme, the demonstration's, has two in five of them all.
    private static let visitsOfProgramme = 50
    private static let notesOfVisit = 200

    let site: Site
    let seed: Int
    let visits: Int
    let people: Int

    func write(resources: Int) async throws {
        let seeded = try await change { try circles($0) }
        for start in stride(from: 0, to: seeded.count, by: 10) {
            let part = Array(seeded[start..<min(start + 10, seeded.count)])
            try await change { change in for visit in part { try visit.fill(seed, notes: Self.notesOfVisit, change) } }
        }
        let sources = try await site.database.read { try LibrarySeed.sources($0) }
        for start in stride(from: 0, to: resources, by: Self.batch) {
            let numbers = start..<min(start + Self.batch, resources)
            try await change { try LibrarySeed.resources(numbers, from: sources, seed: seed, in: $0) }
        }
    }

    private func change<T: Sendable>(_ body: @Sendable @escaping (Change) throws -> T) async throws -> T {
        try await site.amend(as: "site.seeded", by: .site) { change in
            let made = try body(change)
            try change.trace("site", "site")
            return made
        }
    }

    private func circles(_ change: Change) throws -> [SeededVisit] {
        guard let first = try change.text("SELECT id FROM programme ORDER BY created_at, id LIMIT 1") else { throw NotFound() }
        let others = try (1..<max(1, visits / Self.visitsOfProgramme)).map { try CommunitySeed.programme($0, seed: seed, in: change) }
        /// Where the thing of this number goes.
        func programme(_ number: Int) -> String { number % 5 < 2 || others.isEmpty ? first : others[number / 5 % others.count] }
        let territories = try (0..<(visits + 4) / 5).reduce(into: [String: [String]]()) { all, number in
            all[programme(number), default: []] += try TerritorySeed.territories(number..<number + 1, in: programme(number), seed: seed, change)
        }
        let members = try (0..<people).reduce(into: [String: [String]]()) { all, number in
            all[programme(number), default: []] += try CommunitySeed.people(number..<number + 1, in: programme(number), seed: seed, change)
        }
        return try (0..<visits).map { number in
            let programme = programme(number)
            let (pool, places) = (members[programme] ?? [], territories[programme] ?? [])
            let group = (0..<7).compactMap { pool.isEmpty ? nil : pool[(number * 7 + $0) % pool.count] }
            let (visitors, hosts) = (Array(group.prefix(5)), Array(group.dropFirst(5)))
            let visit = try VisitSeed.visit(
                number, in: programme, territory: places.isEmpty ? nil : places[number % places.count], visitors: visitors, hosts: hosts,
                seed: seed, change)
            return SeededVisit(number: number, visit: visit, visitors: visitors, hosts: hosts)
        }
    }
}

/// A visit with its people, before anything is written about it.
private struct SeededVisit: Sendable {
    let number: Int
    let visit: Visit
    let visitors: [String]
    let hosts: [String]

    /// Its texts, its notes, one excerpt for ten of them.
    func fill(_ seed: Int, notes count: Int, _ change: Change) throws {
        try TextSeed.texts(about: visit, visitors: visitors, hosts: hosts, number: number, seed: seed, in: change)
        let opened = try NoteSeed.notes(count, of: visit, authors: visitors, number: number, seed: seed, in: change)
        try ExcerptSeed.excerpts(of: Array(opened.prefix(count / 10)), visit: visit, collectedBy: visitors.first, in: change)
    }
}
