import Database
import Formats

/// A role that waits for a second factor, or few recovery codes left: it waits in « À faire » until that is done.
enum FactorTodo {
    static let todos: @Sendable (any Reader, Request) throws -> [Todo] = { reader, request in
        if let session = request.session, session.viewer.needsFactor, !request.viewer.needsFactor {
            return [Todo(title: request.words("platform.todo.factor"), path: FactorRoutes.path)]
        }
        guard let personId = request.viewer.personId, let factor = try Factors.of(personId, reader), factor.hasFewCodes else { return [] }
        return [Todo(title: request.words("platform.todo.codes", ["n": factor.codesLeft]), path: FactorRoutes.path)]
    }
}
