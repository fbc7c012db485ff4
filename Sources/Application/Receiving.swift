import Foundation
import Logging
import Notes
import Platform

/// Takes the mail that comes in a maildir, while the site is served; a trouble that lasts is said once, and stops nothing else.
struct Receiving: Sendable {
    let site: Site

    func run() async throws {
        guard let folder = site.configuration.mailFolder.map(MailFolder.init) else { return }
        var said: String?
        while !Task.isCancelled {
            let trouble = await take(folder)
            if let trouble, trouble != said { site.log.error("\(trouble)") }
            said = trouble
            try await Task.sleep(for: .seconds(10))
        }
    }

    /// Answers what is in the way.
    private func take(_ folder: MailFolder) async -> String? {
        if let trouble = folder.trouble { return Self.sentence(trouble, folder) }
        do {
            try await folder.take(site) { site.log.warning("un courriel reçu est trop gros pour être lu", metadata: ["fichier": "\($0)"]) }
            return nil
        } catch { return "les courriels reçus ne peuvent pas être lus : \(error)" }
    }

    static func sentence(_ trouble: MailFolder.Trouble, _ folder: MailFolder) -> String {
        let path = folder.path
        let fault =
            switch trouble {
            case .missing: "« \(path)/new » n'existe pas, ou le site n'a pas le droit d'y entrer"
            case .closed: "le site ne peut pas lire et écrire dans « \(path) » (ses droits, ou ReadWritePaths du service)"
            }
        return "les courriels reçus ne sont pas lus : \(fault). Ce qu'il faut faire : \(Manual.page("courriel.md")), « Recevoir les notes d'impression »"
    }
}
