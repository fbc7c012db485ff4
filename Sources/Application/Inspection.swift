import Database
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
        let sealed = try await Factors.unreadable(site)
        if sealed > 0 {
            problems.append("\(sealed) second(s) facteur(s) que \(SealingKey.fileName) n'ouvre pas : remettez la clé d'origine (docs/exploitation/comptes.md)")
        }
        for feature in site.features {
            guard let check = feature.checks else { continue }
            problems += try await site.database.read { reader in try check(reader) }.map { "\(feature.name) : \($0)" }
        }
        return problems
    }

    /// What works less well here than it could, and how to mend it: nothing is broken.
    static func notes(of site: Site) -> [String] {
        site.typst == nil
            ? ["les PDF ne sont pas proposés : typst n'est pas installé, ou n'est pas à l'endroit que dit le réglage « typst » (docs/exploitation/documents.md)"]
            : []
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
