import Formats

/// The names of dimensions and questions in files: letters, figures and hyphens, each once for ever.
enum GridKeys {
    /// A name for a dimension, from its title.
    static func dimension(_ title: String, besides taken: Set<String>) -> String {
        let words = French.slug(title).split(separator: "-").filter { $0.count > 3 && !French.stopwords.contains(String($0)) }
        let stem = words.prefix(2).joined(separator: "-")
        return free(begun(stem.isEmpty ? "dimension" : stem), besides: taken)
    }

    /// A name for a question of a dimension: `cooperation-4`.
    static func question(in dimension: String, besides taken: Set<String>) -> String {
        (1...).lazy.map { "\(dimension)-\($0)" }.first { !taken.contains($0) } ?? dimension
    }

    /// Forms want a letter first.
    static func begun(_ name: String) -> String { name.first.map { $0.isLetter || $0 == "_" } == true ? name : "q-\(name)" }

    private static func free(_ stem: String, besides taken: Set<String>) -> String {
        guard taken.contains(stem) else { return stem }
        return (2...).lazy.map { "\(stem)-\($0)" }.first { !taken.contains($0) } ?? stem
    }
}
