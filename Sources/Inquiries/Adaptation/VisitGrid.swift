import Formats
import Grids
import Platform

/// The grid of one visit: the common core with what this visit changes of it, laid over.
package struct VisitGrid: Sendable, Equatable {
    package enum Origin: String, Sendable, CaseIterable {
        case core, reworded, added
    }

    package struct Part: Sendable, Equatable {
        package var id: String
        package var key: String
        package var name: String
        package var description: String
        package var items: [Item]
    }

    package struct Item: Sendable, Equatable {
        package var id: String
        package var key: String
        package var text: String
        package var probes: [String]
        package var origin: Origin
        /// What the core says, where this visit says it otherwise.
        package var common: String?
        /// Why this visit passes over it.
        package var skipped: String?
        package var isMoved = false
    }

    package var parts: [Part]

    package var items: [Item] { parts.flatMap(\.items) }
    /// What the visit asks.
    package var asked: [Item] { items.filter { $0.skipped == nil } }
    package func item(_ id: String) -> Item? { items.first { $0.id == id } }
    package func part(of id: String) -> Part? { parts.first { $0.items.contains { $0.id == id } } }
}

extension VisitGrid {
    /// Lays the approved changes over the core, in the order in which they were approved. A change about a question that the
    /// core no longer has changes nothing.
    package init(_ core: GridContent, _ changes: [GridChange]) {
        parts = core.dimensions.map { dimension in
            Part(
                id: dimension.id, key: dimension.key, name: dimension.name, description: dimension.description,
                items: dimension.questions.map { Item(id: $0.id, key: $0.key, text: $0.text, probes: $0.probes, origin: .core) })
        }
        let standing = changes.filter { $0.outcome == .approved }.sorted { ($0.decidedAt ?? $0.proposedAt, $0.id) < ($1.decidedAt ?? $1.proposedAt, $1.id) }
        // Questions come before their places.
        for change in standing where change.kind != .move { apply(change) }
        for change in standing where change.kind == .move { apply(change) }
    }

    private mutating func apply(_ change: GridChange) {
        if change.kind == .add {
            guard let part = parts.firstIndex(where: { $0.id == change.dimensionId }) else { return }
            parts[part].items.append(
                Item(id: change.id, key: "q-\(change.id)", text: change.text, probes: change.probeLines, origin: .added))
            return
        }
        guard let part = parts.firstIndex(where: { $0.items.contains { $0.id == change.questionId } }),
            let index = parts[part].items.firstIndex(where: { $0.id == change.questionId })
        else { return }
        switch change.kind {
        case .add: break
        case .reword:
            var item = parts[part].items[index]
            item.common = item.common ?? item.text
            (item.text, item.probes, item.origin) = (change.text, change.probeLines, .reworded)
            parts[part].items[index] = item
        case .skip: parts[part].items[index].skipped = change.reason
        case .move:
            var item = parts[part].items.remove(at: index)
            item.isMoved = true
            parts[part].items.insert(item, at: min(max(0, (change.place ?? 1) - 1), parts[part].items.count))
        }
    }

    /// On its way out, what the visit asks; what it changes is said under the question.
    func sheet(_ visit: (name: String, slug: String, programme: String), version: String, language: Language, _ site: Site) -> GridSheet {
        let words = site.words(language)
        return GridSheet(
            name: "grille-\(visit.slug)", title: words("inquiries.sheet.title", ["visit": visit.name]), subtitle: visit.programme, version: version,
            parts: parts.map { part in
                .init(
                    key: part.key, name: part.name, description: part.description,
                    items: part.items.filter { $0.skipped == nil }.map { item in
                        let remark = item.origin == .core ? "" : words("inquiries.sheet.\(item.origin.rawValue)")
                        return .init(key: item.key, text: item.text, probes: item.probes, remark: remark)
                    })
            },
            language: language, site)
    }

    var json: JSONValue {
        .object([
            "format": .string("essaim-visit-grid/1"),
            "dimensions": .array(
                parts.map { part in
                    .object([
                        "id": .string(part.id), "key": .string(part.key), "title": .string(part.name), "questions": .array(part.items.map(\.json)),
                    ])
                }),
        ])
    }
}

extension VisitGrid.Item {
    fileprivate var json: JSONValue {
        var json: [String: JSONValue] = [
            "id": .string(id), "key": .string(key), "text": .string(text), "probes": .array(probes.map { .string($0) }), "origin": .string(origin.rawValue),
        ]
        if let common { json["common_text"] = .string(common) }
        if let skipped { json["skipped"] = .string(skipped) }
        return .object(json)
    }
}
