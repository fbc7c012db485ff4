import Formats
import Platform

/// A whole grid as it is proposed, frozen or in use: dimensions, their questions, the probes of each. What has an identifier
/// keeps it for ever: answers and comments hold on to it.
package struct GridContent: Sendable, Equatable {
    package struct Dimension: Sendable, Equatable {
        package var id: String
        /// Its name in files: never changes, never serves twice.
        package var key: String
        package var name: String
        package var description: String
        package var questions: [Question]

        package init(id: String, key: String, name: String, description: String = "", questions: [Question] = []) {
            self.id = id
            self.key = key
            self.name = name
            self.description = description
            self.questions = questions
        }
    }

    package struct Question: Sendable, Equatable {
        package var id: String
        package var key: String
        package var text: String
        package var probes: [String]

        package init(id: String, key: String, text: String, probes: [String] = []) {
            self.id = id
            self.key = key
            self.text = text
            self.probes = probes
        }
    }

    package var dimensions: [Dimension]

    package init(_ dimensions: [Dimension] = []) {
        self.dimensions = dimensions
    }

    package var questions: [Question] { dimensions.flatMap(\.questions) }
    package var hasQuestions: Bool { dimensions.contains { !$0.questions.isEmpty } }

    package func question(_ id: String) -> Question? { questions.first { $0.id == id } }
    package func dimension(_ id: String) -> Dimension? { dimensions.first { $0.id == id } }
    package func dimension(of questionId: String) -> Dimension? { dimensions.first { $0.questions.contains { $0.id == questionId } } }

    /// 64 hexadecimal characters: the SHA-256 of its JSON (RFC 8785).
    package var hash: String { Secrets.sha256(CanonicalJSON.encode(json)) }
}

extension GridContent {
    package var json: JSONValue { .object(["format": .string("essaim-grid/1"), "dimensions": .array(dimensions.map(\.json))]) }

    /// Nil when it is not a grid.
    package init?(_ json: JSONValue) {
        guard json["format"]?.string == "essaim-grid/1", let parts = json["dimensions"]?.array else { return nil }
        let dimensions = parts.compactMap(Dimension.init)
        guard dimensions.count == parts.count else { return nil }
        self.init(dimensions)
    }

    /// As it is kept.
    init(kept text: String) throws {
        guard let content = GridContent(try JSONValue.parse(Array(text.utf8))) else { throw NotFound() }
        self = content
    }
}

extension GridContent.Dimension {
    var json: JSONValue {
        .object([
            "id": .string(id), "key": .string(key), "title": .string(name), "description": .string(description),
            "questions": .array(questions.map(\.json)),
        ])
    }

    init?(_ json: JSONValue) {
        guard let id = json["id"]?.string, let key = json["key"]?.string, let name = json["title"]?.string,
            let description = json["description"]?.string, let parts = json["questions"]?.array
        else { return nil }
        let questions = parts.compactMap(GridContent.Question.init)
        guard questions.count == parts.count else { return nil }
        self.init(id: id, key: key, name: name, description: description, questions: questions)
    }
}

extension GridContent.Question {
    package var json: JSONValue {
        .object([
            "id": .string(id), "key": .string(key), "text": .string(text), "probes": .array(probes.map { .string($0) }),
        ])
    }

    init?(_ json: JSONValue) {
        guard let id = json["id"]?.string, let key = json["key"]?.string, let text = json["text"]?.string,
            let probes = json["probes"]?.array
        else { return nil }
        self.init(id: id, key: key, text: text, probes: probes.compactMap(\.string))
    }
}
