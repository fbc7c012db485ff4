import Community
import Formats
import Platform

/// A grid on its way out, to print and write on, to fill in on a phone: that of a programme, or what a visit makes of it.
package struct GridSheet: Sendable {
    package struct Part: Sendable {
        package var key: String
        package var name: String
        package var description: String
        package var items: [Item]

        package init(key: String, name: String, description: String, items: [Item]) {
            self.key = key
            self.name = name
            self.description = description
            self.items = items
        }
    }

    package struct Item: Sendable {
        package var key: String
        package var text: String
        package var probes: [String]
        /// « Ajoutée pour Caen », or empty.
        package var remark: String

        package init(key: String, text: String, probes: [String], remark: String = "") {
            self.key = key
            self.text = text
            self.probes = probes
            self.remark = remark
        }
    }

    /// Of the file: `grille-caen`.
    package var name: String
    package var title: String
    package var subtitle: String
    /// What changes when its content does, for phones.
    package var version: String
    package var parts: [Part]
    package var language: Language
    let words: Words

    package init(name: String, title: String, subtitle: String, version: String, parts: [Part], language: Language, _ site: Site) {
        self.name = name
        self.title = title
        self.subtitle = subtitle
        self.version = version
        self.parts = parts.filter { !$0.items.isEmpty }
        self.language = language
        words = site.words(language)
    }

    /// How many lines are left under a question for who writes by hand.
    static let lines = 5
}

extension GridSheet {
    /// The common grid of a programme.
    init(_ open: OpenGrid, _ core: GridCore, _ site: Site) {
        let words = site.words(open.programme.language)
        self.init(
            name: "grille-\(open.programme.slug)", title: words("grids.page.title"),
            subtitle: open.programme.title + (core.version > 0 ? " — " + words("grids.take.version", ["n": core.version]) : ""),
            version: String(core.version),
            parts: core.content.dimensions.map { dimension in
                Part(
                    key: dimension.key, name: dimension.name, description: dimension.description,
                    items: dimension.questions.map { Item(key: $0.key, text: $0.text, probes: $0.probes) })
            },
            language: open.programme.language, site)
    }
}
