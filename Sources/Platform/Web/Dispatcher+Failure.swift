import Database
import Formats
import Logging

extension Dispatcher {
    /// The four answers to failure, each a page with a clear sentence; JSON for the API.
    func failure(_ error: any Error, _ request: Request) async -> Response {
        let words = request.words
        var response: Response
        switch error {
        case is NotFound: response = answer(404, request.session == nil ? "missing" : "missingHere", request, more: way(request))
        case let error as OtherMethod:
            response = answer(405, "method", request)
            response.headers.append(("allow", error.allowed.joined(separator: ", ")))
        case is Forbidden:
            response = request.method == .post ? answer(403, "forbidden", request) : answer(403, "closed", request, more: way(request))
        case let error as ForeignForm: response = answer(403, error.isUnsecured ? "unsecured" : "foreign", request, more: own(error, request))
        case let error as DeadLink: response = answer(404, error.end.rawValue, request, more: kept(request))
        case let error as AlreadySent:
            response = .redirect(site.sentForms.location(error.sending) ?? request.comesFrom ?? "/")
        case let problem as DatabaseProblem where problem == .full:
            site.log.error("le disque est plein", metadata: ["page": "\(request.pattern)"])
            response = answer(507, "full", request)
        case let problem as DatabaseProblem where problem.isPassing:
            site.log.error("la base ne répond pas", metadata: ["page": "\(request.pattern)", "cause": "\(problem)"])
            response = answer(503, problem == .uncertain ? "uncertain" : "busy", request)
            response.headers.append(("retry-after", "5"))
        case is OverTime:
            site.log.error("pas de réponse à temps", metadata: ["page": "\(request.pattern)"])
            response = answer(503, "late", request)
            response.headers.append(("retry-after", "60"))
        default:
            if let problems = request.problems(error) {
                let title = words("platform.error.refused")
                if request.wantsJSON {
                    response = .json(
                        .object(["error": .string(problems.map(\.sentence).joined(separator: " "))]), status: 422)
                } else {
                    let view: Markup =
                        "<h1>\(title)</h1><p><a href=\"\(request.path)\">\(words("platform.error.back"))</a></p>"
                    response = .page(Page(title, shape: .narrow, view).with { $0.problems = problems }, status: 422)
                }
                break
            }
            let reference = String(Identifier.new(at: site.now()).suffix(12))
            site.log.error(
                "une page n'a pas pu être faite", metadata: ["reference": "\(reference)", "page": "\(request.pattern)", "erreur": "\(error)"])
            response = answer(500, "broken", request, reference: reference)
        }
        return response
    }

    /// Where one may go from a page that is not there: to log in and come back, or to the programmes.
    private func way(_ request: Request) -> Markup {
        let words = request.words
        guard request.session == nil else {
            return "<p><a href=\"/programmes\">\(words("platform.error.programmes"))</a></p>"
        }
        let next = request.method == .get ? "?next=\(URLForm.encode(request.location))" : ""
        return "<p><a href=\"/connexion\(next)\">\(words("platform.shell.signIn"))</a></p>"
    }

    /// Where the form may be sent from; to whoever opened the site on its own machine, how to work there.
    private func own(_ error: ForeignForm, _ request: Request) -> Markup {
        let (words, address) = (request.words, site.configuration.publicURL)
        let isHere = error.isUnsecured && ["127.0.0.1", "localhost", "[::1]"].contains { request.header("host")?.hasPrefix($0) == true }
        return """
            <p>\(words("platform.error.address")) <a href="\(address)">\(address)</a></p>\(isHere ? "<p>\(words("platform.error.tunnel"))</p>" as Markup : .empty)
            """
    }

    /// What was typed in a form whose private link ended meanwhile: it cannot be sent, it can be copied.
    private func kept(_ request: Request) -> Markup {
        guard request.method == .post, let typed = Resumption.offered(request) else { return .empty }
        return typed.shown(request.words)
    }

    func answer(
        _ status: Int, _ key: String, _ request: Request, reference: String = "", more: Markup = .empty
    ) -> Response {
        let words = request.words
        let title = words("platform.error.\(key).title")
        let sentence = words("platform.error.\(key).text", ["reference": reference])
        if request.wantsJSON { return .json(.object(["error": .string(sentence)]), status: status) }
        let view: Markup = """
            <h1>\(title)</h1><p class="lede">\(sentence)</p>\(more)
            <p class="acts"><a class="button quiet" href="/">\(words("platform.error.home"))</a></p>
            """
        return .page(Page(title, shape: .narrow, view), status: status)
    }
}

extension Request {
    /// The page of this site that the form was on.
    fileprivate var comesFrom: String? {
        guard let referer = header("referer"), let host = header("host"), let range = referer.firstRange(of: "://\(host)/")
        else { return nil }
        return "/" + referer[range.upperBound...].prefix { $0 != "#" }
    }

    /// A script is asking, not a page.
    public var wantsJSON: Bool {
        path.hasPrefix("/api/") || (header("accept") ?? "").hasPrefix("application/json")
            || (header("content-type") ?? "").hasPrefix("application/json")
    }
}
