import Database

/// Which programme each thing to do is of, for who is in several: said with it.
struct TodoPlaces: Sendable {
    private struct Known: Decodable {
        var objectId: String
        var title: String
        var path: String
    }

    private struct Placed: Decodable {
        var objectId: String
        var programmeId: String
    }

    private let programmes: [Known]
    /// The programme of each object named by an address.
    private let placed: [String: String]

    static func load(_ todos: [Todo], _ reader: any Reader, _ request: Request) throws -> TodoPlaces {
        let scopes = request.viewer.roles.keys.sorted()
        let objects = Set(todos.compactMap { object($0) }).sorted()
        let placed = try reader.all(
            Placed.self, "SELECT object_id, programme_id FROM access WHERE object_id IN \(list: objects) AND programme_id IS NOT NULL")
        // The people of a host have a role in the visit alone.
        let around = try reader.texts(
            "SELECT DISTINCT programme_id FROM access WHERE kind = 'visit' AND scope_id IN \(list: scopes) AND programme_id IS NOT NULL")
        let ids = Set(scopes + around + placed.map(\.programmeId)).sorted()
        let programmes = try reader.all(
            Known.self, "SELECT object_id, title, path FROM search_document WHERE kind = 'programme' AND object_id IN \(list: ids) ORDER BY object_id")
        return TodoPlaces(programmes: programmes, placed: Dictionary(placed.map { ($0.objectId, $0.programmeId) }) { first, _ in first })
    }

    /// Its title; nil for who is in one programme only, and for what is of none.
    func programme(of todo: Todo) -> String? {
        guard programmes.count > 1 else { return nil }
        let id = Self.object(todo).flatMap { placed[$0] }
        return programmes.first { $0.objectId == id || todo.path == $0.path || todo.path.hasPrefix("\($0.path)/") }?.title
    }

    /// What the address of a text names.
    private static func object(_ todo: Todo) -> String? {
        let parts = todo.path.split(separator: "#")[0].split(separator: "/")
        return parts.count > 1 && parts[0] == "textes" ? String(parts[1]) : nil
    }
}
