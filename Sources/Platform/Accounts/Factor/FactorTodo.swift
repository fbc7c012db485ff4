import Database
import Formats

/// Few recovery codes left: it waits in « À faire » until there are new ones.
enum FactorTodo {
    static let todos: @Sendable (any Reader, Request) throws -> [Todo] = { reader, request in
        guard let personId = request.viewer.personId, let factor = try Factors.of(personId, reader), factor.hasFewCodes else { return [] }
        return [Todo(title: request.words("platform.todo.codes", ["n": factor.codesLeft]), path: FactorRoutes.path)]
    }
}
