import Formats
import Foundation

/// The file `essaim.conf`: lines `key = value`, where `#` begins a comment, as any editor of any system writes them.
struct SettingsFile {
    /// The file that is read: where the one of the data folder leads.
    let place: URL
    let known: [String]

    init(_ file: URL, known: [String]) {
        place = file.resolvingSymlinksInPath()
        self.known = known
    }

    /// Nothing when there is no file.
    /// - Throws: `Failure`: what cannot be read or understood is never left out.
    static func read(_ file: URL, known: [String]) throws -> [String: String] {
        // A link that leads nowhere is a file that cannot be read, not a site without settings.
        guard (try? FileManager.default.attributesOfItem(atPath: file.path)) != nil else { return [:] }
        let settings = SettingsFile(file, known: known)
        guard let text = try? String(contentsOf: settings.place, encoding: .utf8) else {
            throw Failure("« \(settings.place.path) » ne peut pas être lu : vérifiez qu'il existe, ses droits, et qu'il est en UTF-8.", code: 78)
        }
        return try settings.values(of: text)
    }

    private func values(of text: String) throws -> [String: String] {
        let text = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        var values: [String: String] = [:]
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = line.trimmingCharacters(in: .whitespaces)
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
            if let fault = fault(parts) { throw Failure("\(place.path), ligne \(number + 1) : \(fault)", code: 78) }
            values[parts[0]] = parts[1]
        }
        return values
    }

    /// What is wrong with a line, cut at its first `=`.
    private func fault(_ parts: [String]) -> String? {
        let key = parts.count == 2 ? parts[0] : parts[0].prefix { !$0.isWhitespace && $0 != ":" && $0 != "=" }.description
        guard known.contains(key) else {
            let meant = Closeness.nearest(to: key, among: known).map { "Vouliez-vous dire « \($0) » ?" }
            return "« \(key) » est inconnu. \(meant ?? "Clés possibles : \(known.joined(separator: ", ")).")"
        }
        guard parts.count == 2 else { return "il manque « = » : écrivez « \(key) = valeur »." }
        return parts[1].isEmpty ? "« \(key) » n'a pas de valeur : donnez-lui-en une, ou mettez « # » devant la ligne." : nil
    }
}
