import Formats

/// What a person asks of the site: the pieces of HTTP that handlers need, and who is asking.
public struct Request: Sendable {
    public enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
    }

    public let method: Method
    /// Decoded path, always beginning with `/`.
    public let path: String
    public let query: Fields
    let headers: [String: String]
    public let body: [UInt8]
    public let remoteAddress: String
    public let site: Site

    /// The values of the `{names}` in the route's path.
    public internal(set) var parameters: [String: String] = [:]
    public internal(set) var viewer = Viewer.anybody
    public internal(set) var session: Session?
    /// The private link by which a guest came in.
    public internal(set) var link: PrivateLink?
    public internal(set) var language = Language.french
    /// The token that a form of this person must carry.
    public internal(set) var formToken = ""
    /// The path of its route, with its `{names}`: what a log may say, without the secrets that a path may bear.
    var pattern = "-"
    /// What makes this form the same as another one sent before.
    var sending: FormSending?

    public init(
        _ method: Method, _ path: String, query: Fields = Fields(), headers: [String: String] = [:], body: [UInt8] = [],
        remoteAddress: String = "127.0.0.1", site: Site
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.remoteAddress = remoteAddress
        self.site = site
    }

    /// A header by its lower-case name.
    public func header(_ name: String) -> String? { headers[name] }

    public var words: Words { site.words(language) }
    public var actor: Actor { Actor(viewer, sending: sending) }
    public var now: Instant { site.now() }

    /// A parameter of the path; the route table guarantees that it is there.
    public subscript(_ parameter: String) -> String { parameters[parameter] ?? "" }

    public var cookies: [String: String] {
        var cookies: [String: String] = [:]
        for pair in (headers["cookie"] ?? "").split(separator: ";") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { continue }
            cookies[String(parts[0].drop { $0 == " " })] = String(parts[1])
        }
        return cookies
    }

    /// The address of this request, with its query, to come back to.
    public var location: String {
        query.isEmpty
            ? path
            : path + "?" + query.pairs.map { "\(URLForm.encode($0))=\(URLForm.encode($1))" }.joined(separator: "&")
    }

    /// The body as JSON.
    /// - Throws: `Refused` when it is none.
    public func json() throws -> JSONValue {
        guard let value = try? JSONValue.parse(body) else { throw Refused("platform.error.json") }
        return value
    }
}
