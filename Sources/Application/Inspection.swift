import Database
import Notes
import Platform
import Texts

/// What `essaim check` looks at, and what it says of it.
enum Inspection {
    static func problems(of site: Site) async throws -> [String] {
        var problems = try await site.database.integrityProblems()
        problems += try await files(of: site)
        if !site.pictures.isThere {
            problems.append("vips n'est pas installé (paquet libvips-tools) : les images ne peuvent pas être reçues")
        }
        problems += try await site.database.read { reader in
            try TextChecks.revisions(reader, commitments: { try Texts.commitments($0, site, reader) })
        }
        problems += try await key(of: site)
        for feature in site.features {
            guard let check = feature.checks else { continue }
            problems += try await site.database.read { reader in try check(reader) }.map { "\(feature.name) : \($0)" }
        }
        return problems
    }

    /// What works less well here than it could, and how to mend it: nothing is broken.
    static func notes(of site: Site) -> [String] {
        var notes: [String] = []
        if site.lacksPython {
            notes.append("les PDF ne sont pas proposés : python3, qui lance typst, n'est pas installé (sudo apt install python3)")
        } else if site.typst == nil {
            notes.append("les PDF ne sont pas proposés : typst n'est pas installé, ou n'est pas à l'endroit que dit le réglage « typst » (\(Manual.page("documents.md")))")
        }
        if let folder = site.configuration.mailFolder.map(MailFolder.init), let trouble = folder.trouble { notes.append(Receiving.sentence(trouble, folder)) }
        return notes
    }

    /// The second factors that the key of the site does not open, or the key itself.
    private static func key(of site: Site) async throws -> [String] {
        if let broken = SealingKey.trouble(in: site.configuration.data) { return [broken.description] }
        let sealed = try await Factors.unreadable(site)
        guard sealed > 0 else { return [] }
        let who = sealed == 1 ? "1 double authentification" : "\(sealed) doubles authentifications"
        return ["\(who) que \(SealingKey.fileName) n'ouvre pas : remettez la clé d'origine (\(Manual.page("comptes.md")))"]
    }

    /// How many files there are, and what they take: « 12 fichiers, 3,4 Mo ».
    static func count(of site: Site) async throws -> String {
        let files = site.files.all()
        let size = files.reduce(0) { $0 + site.files.size($1) }
        return "\(files.count) \(files.count < 2 ? "fichier" : "fichiers"), \(site.words(.french).size(size))"
    }

    private struct Kept: Decodable {
        var hash: String
        var name: String
    }

    private static func files(of site: Site) async throws -> [String] {
        let kept = try await site.database.read { try $0.all(Kept.self, "SELECT DISTINCT hash, name FROM file ORDER BY hash") }
        let broken = kept.compactMap { file -> String? in
            guard let content = site.files.bytes(file.hash) else { return "le fichier « \(file.name) » (\(file.hash)) manque" }
            return Secrets.sha256(content) == file.hash ? nil : "le fichier « \(file.name) » (\(file.hash)) a changé"
        }
        let known = Set(kept.map(\.hash))
        // What was let go stays a day on the disk: see `Site.sweepFiles`.
        let orphans = site.files.all().filter { !known.contains($0) && site.files.rest($0) > 2 * FileStore.linger }
        return broken + orphans.map { "le fichier \($0) n'appartient à rien" }
    }
}
