import Formats
import Platform

/// What a researcher prepares: a grid, and what was taken off it, which can be put back. A version is made of it on purpose.
package struct GridDraft: Sendable, Equatable {
    /// A dimension with its questions, or a question with the dimension it was in.
    enum Removed: Sendable, Equatable {
        case dimension(GridContent.Dimension)
        case question(GridContent.Question, from: String)

        var id: String {
            switch self {
            case .dimension(let dimension): dimension.id
            case .question(let question, _): question.id
            }
        }
    }

    package var content: GridContent
    var removed: [Removed] = []

    package init(_ content: GridContent) {
        self.content = content
    }

    /// The names in files that may not serve again.
    var keys: Set<String> {
        let taken = removed.flatMap { removed -> [String] in
            switch removed {
            case .dimension(let dimension): [dimension.key] + dimension.questions.map(\.key)
            case .question(let question, _): [question.key]
            }
        }
        return Set(content.dimensions.map(\.key) + content.questions.map(\.key) + taken)
    }
}

extension GridDraft {
    mutating func add(_ dimension: GridContent.Dimension) throws {
        guard content.dimensions.count < GridLimits.dimensions else { throw Refused("grids.refusal.manyDimensions", ["n": GridLimits.dimensions]) }
        try refuseTwins(of: dimension.name)
        content.dimensions.append(dimension)
    }

    mutating func add(_ question: GridContent.Question, to dimensionId: String) throws {
        guard content.questions.count < GridLimits.questions else { throw Refused("grids.refusal.manyQuestions", ["n": GridLimits.questions]) }
        guard let place = content.dimensions.firstIndex(where: { $0.id == dimensionId }) else {
            throw Refused("grids.refusal.noDimension", field: "dimension")
        }
        content.dimensions[place].questions.append(question)
    }

    mutating func name(_ dimensionId: String, _ name: String, _ description: String) throws {
        guard let place = content.dimensions.firstIndex(where: { $0.id == dimensionId }) else { throw NotFound() }
        try refuseTwins(of: name, besides: dimensionId)
        content.dimensions[place].name = name
        content.dimensions[place].description = description
    }

    /// Gives a question other words, or another dimension, at the end of it.
    mutating func word(_ questionId: String, _ text: String, _ probes: [String], in dimensionId: String) throws {
        guard let from = content.dimensions.firstIndex(where: { $0.questions.contains { $0.id == questionId } }),
            let place = content.dimensions[from].questions.firstIndex(where: { $0.id == questionId })
        else { throw NotFound() }
        guard let target = content.dimensions.firstIndex(where: { $0.id == dimensionId }) else {
            throw Refused("grids.refusal.noDimension", field: "dimension")
        }
        content.dimensions[from].questions[place].text = text
        content.dimensions[from].questions[place].probes = probes
        guard target != from else { return }
        content.dimensions[target].questions.append(content.dimensions[from].questions.remove(at: place))
    }

    /// Moves a dimension, or a question within its dimension, one place up (-1) or down (1); at an end it stays.
    mutating func move(_ id: String, by step: Int) throws {
        if let place = content.dimensions.firstIndex(where: { $0.id == id }) {
            guard content.dimensions.indices.contains(place + step) else { return }
            content.dimensions.swapAt(place, place + step)
            return
        }
        guard let dimension = content.dimensions.firstIndex(where: { $0.questions.contains { $0.id == id } }),
            let place = content.dimensions[dimension].questions.firstIndex(where: { $0.id == id })
        else { throw NotFound() }
        guard content.dimensions[dimension].questions.indices.contains(place + step) else { return }
        content.dimensions[dimension].questions.swapAt(place, place + step)
    }

    /// Takes a dimension or a question off; it stays among what can be put back.
    mutating func remove(_ id: String) throws {
        if let place = content.dimensions.firstIndex(where: { $0.id == id }) {
            return removed.append(.dimension(content.dimensions.remove(at: place)))
        }
        guard let dimension = content.dimensions.firstIndex(where: { $0.questions.contains { $0.id == id } }),
            let place = content.dimensions[dimension].questions.firstIndex(where: { $0.id == id })
        else { throw NotFound() }
        removed.append(.question(content.dimensions[dimension].questions.remove(at: place), from: content.dimensions[dimension].id))
    }

    /// Puts back what was taken off; a question whose dimension is gone brings it back, empty.
    mutating func restore(_ id: String) throws {
        guard let place = removed.firstIndex(where: { $0.id == id }) else { throw NotFound() }
        switch removed[place] {
        case .dimension(let dimension):
            try refuseTwins(of: dimension.name)
            content.dimensions.append(dimension)
        case .question(let question, let dimensionId):
            if content.dimension(dimensionId) == nil { try bringBack(dimensionId) }
            try add(question, to: dimensionId)
        }
        removed.removeAll { $0.id == id }
    }

    private mutating func bringBack(_ dimensionId: String) throws {
        for (place, known) in removed.enumerated() {
            guard case .dimension(var dimension) = known, dimension.id == dimensionId else { continue }
            let questions = dimension.questions
            dimension.questions = []
            content.dimensions.append(dimension)
            removed.replaceSubrange(place...place, with: questions.map { .question($0, from: dimensionId) })
            return
        }
        throw Refused("grids.refusal.noDimension", field: "dimension")
    }

    /// Takes another content whole: what is not in it joins what can be put back, what is in it again leaves there.
    mutating func replace(with other: GridContent) {
        let kept = Set(other.dimensions.map(\.id) + other.questions.map(\.id))
        var gone: [Removed] = removed.filter { !kept.contains($0.id) }
        for dimension in content.dimensions {
            if !kept.contains(dimension.id) {
                var dimension = dimension
                dimension.questions.removeAll { kept.contains($0.id) }
                gone.append(.dimension(dimension))
            } else {
                gone += dimension.questions.filter { !kept.contains($0.id) }.map { .question($0, from: dimension.id) }
            }
        }
        removed = gone
        content = other
    }

    private func refuseTwins(of name: String, besides id: String? = nil) throws {
        guard !content.dimensions.contains(where: { $0.id != id && French.fold($0.name) == French.fold(name) }) else {
            throw Refused("grids.refusal.twin", ["name": name], field: "name")
        }
    }
}
