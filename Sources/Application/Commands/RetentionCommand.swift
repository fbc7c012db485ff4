import ArgumentParser
import Database
import Foundation
import Platform

struct RetentionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention", abstract: "Dit ce qui a été gardé assez longtemps, ligne par ligne ; ne fait rien sans --apply.",
        discussion: "Le site l'applique de lui-même une fois par jour. Quand l'horloge a sauté de plus de trente jours, rien n'est fait : vérifiez l'heure du serveur, puis --apply --trust-clock.")

    @OptionGroup var data: DataOption
    @Flag(help: "Efface ce qui est compté.") var apply = false
    @Flag(name: .customLong("trust-clock"), help: "L'heure du serveur a été vérifiée.") var trustsClock = false

    func run() async throws {
        let site = try await data.folder.open(creating: false, upgrades: apply)
        let words = site.words(.french)
        if apply {
            switch try await Upkeep.clock(site) {
            case .ahead(let days), .behind(let days):
                guard trustsClock else {
                    throw Failure("L'horloge a sauté de \(days) jours depuis la dernière fois : vérifiez l'heure (timedatectl), puis ajoutez --trust-clock.", code: 75)
                }
            case .new, .believed: break
            }
            try await Upkeep.believe(site)
            try await Erasures.applyDue(site)
        }
        let lines = apply ? try await RetentionTable.apply(site) : try await RetentionTable.dryRun(site)
        if apply { try await site.database.scrub(indexes: []) }
        try site.database.close()
        for line in lines { print("\(line.count)\t\(words("\(line.key).what")) (\(line.days) \(line.days < 2 ? "jour" : "jours"))") }
        print(apply ? "C'est fait." : "Essai à blanc : rien n'a été fait. Pour le faire : --apply.")
    }
}
