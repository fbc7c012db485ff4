import Formats
import Platform

extension GridDraft {
    var json: JSONValue { .object(["grid": content.json, "removed": .array(removed.map(\.json))]) }

    /// As it is kept.
    init(kept text: String) throws {
        let json = try JSONValue.parse(Array(text.utf8))
        guard let grid = json["grid"], let content = GridContent(grid) else { throw NotFound() }
        self.init(content)
        removed = (json["removed"]?.array ?? []).compactMap(Removed.init)
    }
}

extension GridDraft.Removed {
    var json: JSONValue {
        switch self {
        case .dimension(let dimension): .object(["dimension": dimension.json])
        case .question(let question, let dimensionId): .object(["question": question.json, "from": .string(dimensionId)])
        }
    }

    init?(_ json: JSONValue) {
        if let dimension = json["dimension"].flatMap(GridContent.Dimension.init) {
            self = .dimension(dimension)
        } else if let question = json["question"].flatMap(GridContent.Question.init), let from = json["from"]?.string {
            self = .question(question, from: from)
        } else {
            return nil
        }
    }
}
