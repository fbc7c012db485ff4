import Database
import Formats
import Platform
import Visits

/// What makes of a notebook an application of the telephone: its manifest, its worker, the page it opens without network.
enum PhonePages {
    private static let notebook = "/programmes/{programme}/visites/{visit}/notes"
    static let worker = "/carnet.js"

    static let routes: [Route] = [
        .get(worker, asks: .anyone, for: "everybody") { request in
            guard let script = request.site.share.assets.content("notes-worker.js") else { throw NotFound() }
            // Asked anew each time: a telephone never stays with an old one. It rules notebooks and nothing else.
            return Response(
                headers: [
                    ("content-type", "text/javascript; charset=utf-8"), ("cache-control", "no-cache"),
                    ("service-worker-allowed", "/programmes/"),
                ], body: script)
        },
        .get("\(notebook)/manifeste", asks: .signedInTo(.see), for: "visiting group", manifest),
        .get("\(notebook)/hors-ligne", asks: .signedInTo(.see), for: "visiting group", shell),
    ]

    private static func manifest(_ request: Request) async throws -> Response {
        let open = try await request.site.database.read { try OpenNotebook.at(request, $0) }
        let icon = request.site.share.assets.address("favicon.svg")
        let manifest: [String: JSONValue] = [
            "id": .string(open.path), "start_url": .string(open.path), "scope": .string(open.path), "display": .string("standalone"),
            "lang": .string(request.language.rawValue), "name": .string(request.words("notes.notebook.title", ["visit": open.visit.name])),
            "short_name": .string(request.words("notes.phone.name")), "background_color": .string("#fffdf7"), "theme_color": .string("#fffdf7"),
            "icons": .array([
                .object(["src": .string(icon), "sizes": .string("any"), "type": .string("image/svg+xml"), "purpose": .string("any")])
            ]),
        ]
        var response = Response.json(.object(manifest))
        response.headers = [("content-type", "application/manifest+json; charset=utf-8")]
        return response
    }

    /// The notebook as it opens without network: what is needed to write, and not one note, of anybody. This is what the
    /// telephone keeps of the site.
    private static func shell(_ request: Request) async throws -> Response {
        let open = try await request.site.database.read { try OpenNotebook.at(request, $0) }
        return .page(NotebookPage.shell(request, open))
    }
}
