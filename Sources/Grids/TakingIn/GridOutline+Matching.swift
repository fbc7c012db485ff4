import Formats
import Platform

/// What a grid had before: the dimensions and questions that a grid read from outside may be again.
struct KnownGrid {
    /// Drafted, in use, taken off or retired: the first of each identifier counts.
    let dimensions: [GridContent.Dimension]
    let questions: [GridContent.Question]
    let keys: Set<String>
}

extension GridOutline {
    /// This outline as a grid: what has the name in files, or the words, of something known is that thing again; all else is
    /// new.
    func content(knowing known: KnownGrid, newId: () -> String) -> GridContent {
        var (used, keys) = (Set<String>(), known.keys)
        return GridContent(
            dimensions.map { read in
                let same =
                    known.dimensions.first { $0.key == read.key && !used.contains($0.id) }
                    ?? known.dimensions.first { French.fold($0.name) == French.fold(read.name) && !used.contains($0.id) }
                let key = same?.key ?? GridKeys.dimension(read.name, besides: keys)
                keys.insert(key)
                var dimension = GridContent.Dimension(id: same?.id ?? newId(), key: key, name: read.name, description: read.description)
                used.insert(dimension.id)
                for question in read.questions {
                    let same =
                        known.questions.first { $0.key == question.key && !used.contains($0.id) }
                        ?? known.questions.first { French.fold($0.text) == French.fold(question.text) && !used.contains($0.id) }
                    let key = same?.key ?? GridKeys.question(in: dimension.key, besides: keys)
                    keys.insert(key)
                    let id = same?.id ?? newId()
                    used.insert(id)
                    dimension.questions.append(.init(id: id, key: key, text: question.text, probes: question.probes))
                }
                return dimension
            })
    }
}

extension GridOutline {
    /// As the page of the preview carries it to the act that takes it.
    var json: JSONValue {
        .array(
            dimensions.map { dimension in
                .object([
                    "key": dimension.key.map { .string($0) } ?? .null, "name": .string(dimension.name), "description": .string(dimension.description),
                    "questions": .array(
                        dimension.questions.map {
                            .object([
                                "key": $0.key.map { .string($0) } ?? .null, "text": .string($0.text), "probes": .array($0.probes.map { .string($0) }),
                            ])
                        }),
                ])
            })
    }

    /// Read again with the same rules: nothing that a page sends is believed.
    init(_ json: JSONValue) {
        for part in json.array ?? [] {
            begin(CleanText.line(part["name"]?.string ?? ""), key: part["key"]?.string.map(CleanText.line), at: 0)
            let description = CleanText.normalize(part["description"]?.string ?? "")
            if !description.isEmpty { describe(description, at: 0) }
            for question in part["questions"]?.array ?? [] {
                ask(CleanText.line(question["text"]?.string ?? ""), key: question["key"]?.string.map(CleanText.line), at: 0)
                for probe in question["probes"]?.array ?? [] { self.probe(CleanText.line(probe.string ?? ""), at: 0) }
            }
        }
        close()
        if dimensions.contains(where: { $0.name.isEmpty }) || questions.contains(where: { $0.text.isEmpty }) {
            remarks.append(Remark(0, .empty))
        }
    }
}
