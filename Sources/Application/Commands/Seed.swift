import ArgumentParser
import Database
import Library
import Platform

/// Fills a site with many resources, for measures only.
struct Seed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Remplit un site d'essai.", shouldDisplay: false)

    @OptionGroup var data: DataOption
    @Option var resources: Int

    func run() async throws {
        let site = try await data.folder.open(creating: false)
        guard site.configuration.isDemonstration else { throw Failure("Ce site n'est pas une démonstration.", code: 73) }
        let count = resources
        try await site.amend(as: "site.seeded", by: .site) { change in
            try LibrarySeed.resources(count, in: change)
            try change.trace("site", "site")
        }
        try site.database.close()
        print("\(count) ressources ajoutées.")
    }
}
