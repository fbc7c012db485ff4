/// One line of the table of paths: what is asked of the person, and what is done.
public struct Route: Sendable {
    /// What must hold before the handler runs; the finer rights are asked inside, by `change.require` and `see`.
    public enum Ask: Sendable, Equatable {
        /// Nothing: the page shows what anybody may see, or what this person may.
        case anyone
        /// An account; without one, the log-in page keeps what was sent.
        case signedIn
        /// A right that concerns the site.
        case site(Action)
        /// A right on the thing named in the path; enforced by the handler, exercised by the tests. To see asks no account.
        case thing(Action)
        /// The same for whoever has an account, to see as well: without one, the log-in page leads back here.
        case signedInTo(Action)
        /// A private link (its secret is in the path).
        case link
        /// A site that is a demonstration.
        case demonstration
    }

    /// Whether the person must have shown who they are in the last minutes (password, code or link), their session being open.
    public enum Freshness: String, Sendable {
        case never
        /// Before the handler runs.
        case always
        /// When what the form asks for is sensitive: the handler calls `request.requireProof()`.
        case sometimes
    }

    public let method: Request.Method
    public let path: String
    public let ask: Ask
    public let fresh: Freshness
    /// Who the page is for, in words, for `essaim routes`: every line says it.
    public let audience: String
    /// The largest body taken, in bytes.
    public let bodyLimit: Int
    let handle: @Sendable (Request) async throws -> Response

    public static func get(
        _ path: String, asks: Ask, for audience: String, fresh: Freshness = .never,
        _ handle: @escaping @Sendable (Request) async throws -> Response
    ) -> Route {
        Route(method: .get, path: path, ask: asks, fresh: fresh, audience: audience, bodyLimit: 0, handle: handle)
    }

    public static func post(
        _ path: String, asks: Ask, for audience: String, fresh: Freshness = .never, upTo bodyLimit: Int = 4 << 20,
        _ handle: @escaping @Sendable (Request) async throws -> Response
    ) -> Route {
        Route(method: .post, path: path, ask: asks, fresh: fresh, audience: audience, bodyLimit: bodyLimit, handle: handle)
    }

    /// `startProgramme`, `see`, `signedIn`…: for people and for `essaim routes --json`.
    public var right: String {
        switch ask {
        case .anyone: "anyone"
        case .signedIn: "signedIn"
        case .site(let action), .thing(let action), .signedInTo(let action): action.rawValue
        case .link: "link"
        case .demonstration: "demonstration"
        }
    }
}
