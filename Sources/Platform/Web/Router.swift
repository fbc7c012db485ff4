/// Finds the route of a path: a tree of segments, literal before `{parameter}`.
struct Router: Sendable {
    private struct Node: Sendable {
        var literals: [String: Node] = [:]
        var parameter: [Node] = []
        var parameterName = ""
        var routes: [Request.Method: Route] = [:]
    }

    enum Found {
        case route(Route, [String: String])
        case otherMethod([Request.Method])
        case nothing
    }

    private var root = Node()

    init(_ routes: [Route]) {
        for route in routes {
            Self.insert(route, Self.segments(route.path)[...], into: &root)
        }
    }

    func find(_ method: Request.Method, _ path: String) -> Found {
        var parameters: [String: String] = [:]
        guard let node = Self.walk(root, Self.segments(path)[...], &parameters) else { return .nothing }
        if let route = node.routes[method] { return .route(route, parameters) }
        return node.routes.isEmpty ? .nothing : .otherMethod(node.routes.keys.sorted { $0.rawValue < $1.rawValue })
    }

    private static func segments(_ path: String) -> [String] {
        path.split(separator: "/").map(String.init)
    }

    private static func insert(_ route: Route, _ segments: ArraySlice<String>, into node: inout Node) {
        guard let segment = segments.first else {
            precondition(node.routes[route.method] == nil, "two routes for \(route.method.rawValue) \(route.path)")
            node.routes[route.method] = route
            return
        }
        if segment.hasPrefix("{") {
            let name = String(segment.dropFirst().dropLast())
            if node.parameter.isEmpty { node.parameter = [Node()] }
            precondition(
                node.parameterName.isEmpty || node.parameterName == name,
                "\(route.path): the parameter here is called {\(node.parameterName)} in another route")
            node.parameterName = name
            insert(route, segments.dropFirst(), into: &node.parameter[0])
        } else {
            insert(route, segments.dropFirst(), into: &node.literals[segment, default: Node()])
        }
    }

    private static func walk(
        _ node: Node, _ segments: ArraySlice<String>, _ parameters: inout [String: String]
    ) -> Node? {
        guard let segment = segments.first else { return node.routes.isEmpty ? nil : node }
        if let next = node.literals[segment], let found = walk(next, segments.dropFirst(), &parameters) { return found }
        guard let next = node.parameter.first, let found = walk(next, segments.dropFirst(), &parameters) else {
            return nil
        }
        parameters[node.parameterName] = segment
        return found
    }
}
