import ArgumentParser
import Formats
import Foundation
import Platform

struct Routes: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Liste toutes les adresses du site : méthode, chemin, droit demandé, à qui elles s'adressent.")

    @Flag(help: "En JSON.") var json = false

    func run() throws {
        let routes = App.features.flatMap { feature in feature.routes.map { (feature.name, $0) } }
            .sorted { ($0.1.path, $0.1.method.rawValue) < ($1.1.path, $1.1.method.rawValue) }
        guard json else {
            for (_, route) in routes { print("\(route.method.rawValue)\t\(route.path)\t\(route.right)\t\(route.audience)") }
            return
        }
        let list = routes.map { capability, route in
            JSONValue.object([
                "method": .string(route.method.rawValue), "path": .string(route.path), "right": .string(route.right),
                "fresh": .string(route.fresh.rawValue), "audience": .string(route.audience), "capability": .string(capability),
            ])
        }
        print(CanonicalJSON.encode(.array(list)))
    }
}
