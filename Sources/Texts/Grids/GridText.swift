import Community
import Formats
import Grids
import Platform

/// A frozen version of a grid as a text: a section a dimension, and the hash that binds it to its identifiers.
enum GridText {
    static let identity = "identity"

    static func title(_ programme: Programme, _ words: Words) -> String { words("texts.grid.title", ["programme": programme.title]) }

    static func sections(_ version: GridVersion, _ words: Words) -> [Section] {
        version.content.dimensions.map { Section(key: $0.key, title: $0.name, body: body($0, words)) } + [
            Section(
                key: identity, title: words("texts.grid.identity"),
                body: words("texts.grid.hash", ["n": version.number, "hash": "`\(version.hash)`"]))
        ]
    }

    /// Markdown: what the dimension is about, its questions numbered, their probes under them.
    private static func body(_ dimension: GridContent.Dimension, _ words: Words) -> String {
        let about = dimension.description.isEmpty ? [] : [dimension.description.split(separator: "\n").map { Markdown.escaped(String($0)) }.joined(separator: "\n\n")]
        let questions = dimension.questions.enumerated().map { number, question -> String in
            let probes = question.probes.map { "   - \(Markdown.escaped($0))" }
            return (["\(number + 1). \(Markdown.escaped(question.text))"] + probes).joined(separator: "\n")
        }
        let asked = questions.isEmpty ? words("texts.grid.noQuestion") : questions.joined(separator: "\n")
        return (about + [asked]).joined(separator: "\n\n")
    }
}
