import Formats
import Logging

/// Takes a request to its handler and the answer back: who is asking, what is asked of them, errors as pages, the shell,
/// headers, compression. The same for the real server and for the tests.
public struct Dispatcher: Sendable {
    public let site: Site
    let router: Router
    public let routes: [Route]
    /// How long anybody waits for an answer.
    let patience: Duration

    public init(_ site: Site, patience: Duration = .seconds(60)) {
        self.site = site
        self.patience = patience
        routes = site.features.flatMap(\.routes)
        router = Router(routes)
    }

    /// The largest body that a path takes; 0 for paths that are not there.
    func bodyLimit(_ path: String) -> Int {
        if case .route(let route, _) = router.find(.post, path) { route.bodyLimit } else { 0 }
    }

    public func respond(to request: Request) async -> Response {
        var request = request
        request.language = Languages.preferred(request.header("accept-language"))
        var response: Response
        do {
            response = try await guided(handle(&request), request)
        } catch {
            response = await failure(error, request)
        }
        response.route = request.pattern
        return finished(response, request)
    }

    private func handle(_ request: inout Request) async throws -> Response {
        try await identify(&request)
        switch router.find(request.method, request.path) {
        case .nothing: throw NotFound()
        case .otherMethod(let methods):
            throw OtherMethod(allowed: methods.map(\.rawValue))
        case .route(let route, let parameters):
            request.parameters = parameters
            request.pattern = route.path
            if case .link = route.ask { try await identifyGuest(&request) }
            if request.method == .post { try checkOrigin(request) }
            if let answer = try await refused(route, request) { return answer }
            if let answer = try await held(route, request) { return answer }
            request.sending = FormSending(request)
            var response: Response
            do {
                response = try await Deadline.within(patience) { [request] in try await route.handle(request) }
            } catch is NotProven {
                return try await ProofViews.required(request)
            }
            if let feed = response.feed { response.stream = LiveStream(dispatcher: self, route: route, opened: feed) }
            if let sending = request.sending, let location = response.header("location") {
                site.sentForms.led(sending, to: location)
            }
            return response
        }
    }

    /// Who is asking: the session's person with the roles held today.
    func identify(_ request: inout Request, isVisit: Bool = true) async throws {
        if let cookie = request.cookies[site.configuration.sessionCookie] {
            request.session = try await Sessions.resume(cookie, isVisit: isVisit, site: site)
        }
        if let session = request.session {
            request.viewer = site.configuration.requiresFactor && !session.hasFactor ? session.viewer.withoutDormantRoles : session.viewer
            request.language = session.language ?? request.language
        }
        if let asked = request.query["langue"].flatMap(Language.init(rawValue:)) { request.language = asked }
        request.formToken = FormToken.make(request)
    }

    func identifyGuest(_ request: inout Request) async throws {
        let link = try await PrivateLinks.open(request["secret"], site: site)
        request.link = link
        request.viewer = link.viewer
        request.formToken = FormToken.make(request)
    }

    func refused(_ route: Route, _ request: Request) async throws -> Response? {
        switch route.ask {
        case .signedIn where request.session == nil, .signedInTo where request.session == nil:
            return try await SignInViews.required(request)
        case .thing(let action) where request.session == nil && action != .see:
            return try await SignInViews.required(request)
        case .site(let action):
            if request.session == nil { return try await SignInViews.required(request) }
            guard site.policy.allows(action, request.viewer) else { throw Forbidden(action) }
        case .demonstration where !site.configuration.isDemonstration: throw NotFound()
        default: break
        }
        if request.method == .post, !FormToken.isRight(request) { return FormToken.staleForm(request) }
        return nil
    }

    /// A browser says where a form comes from: other sites are refused before anything is read, and a page of this host that
    /// did not come over TLS when the site is served over TLS, since anybody on the way may have written it.
    private func checkOrigin(_ request: Request) throws {
        if let site = request.header("sec-fetch-site"), site != "same-origin", site != "none" { throw ForeignForm() }
        guard let origin = request.header("origin") else { return }
        let parts = origin.split(separator: "://", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, parts[1] == request.header("host") else { throw ForeignForm() }
        guard parts[0] == "https" || (parts[0] == "http" && !site.configuration.isSecure) else { throw ForeignForm(isUnsecured: parts[0] == "http") }
    }
}

/// The path is there, for another method: 405.
struct OtherMethod: Error {
    let allowed: [String]
}

/// A form sent from another site, or from a page of this host that did not come over TLS.
struct ForeignForm: Error {
    var isUnsecured = false
}

/// A private link that is unknown, ended or revoked: one answer for the three, unless there is something to know about it.
struct DeadLink: Error {
    enum End: String { case over = "deadLink", disowned = "disownedLink", replaced = "replacedLink" }

    let end: End

    init(_ end: End = .over) { self.end = end }
}
