import Formats
import Foundation

/// All the sentences of the site, read once from `share/essaim/locales`.
public struct Languages: Sendable {
    private let words: [Language: Words]

    public init(_ words: [Language: Words]) {
        self.words = words
    }

    /// Reads `<Capability>.<language>.json` files: flat objects of sentences.
    public init(folder: URL) throws {
        var sentences: [Language: [String: String]] = [:]
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        where file.pathExtension == "json" {
            guard let language = Language(rawValue: file.deletingPathExtension().pathExtension) else { continue }
            let flat = try JSONDecoder().decode([String: String].self, from: Data(contentsOf: file))
            sentences[language, default: [:]].merge(flat) { _, new in new }
        }
        self.init(
            Dictionary(
                uniqueKeysWithValues: Language.allCases.map { ($0, Words(language: $0, sentences: sentences[$0] ?? [:])) }))
    }

    public subscript(_ language: Language) -> Words {
        words[language] ?? Words(language: language, sentences: [:])
    }

    /// The first language of `Accept-Language` that the site speaks; French otherwise.
    public static func preferred(_ header: String?) -> Language {
        let wishes = (header ?? "").split(separator: ",").map { wish -> (String, Double) in
            let parts = wish.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
            let weight = parts.dropFirst().compactMap { $0.hasPrefix("q=") ? Double($0.dropFirst(2)) : nil }.first ?? 1
            return (String((parts.first ?? "").prefix(2)).lowercased(), weight)
        }
        let best = wishes.sorted { $0.1 > $1.1 }.lazy.compactMap { Language(rawValue: $0.0) }.first
        return best ?? .french
    }
}
