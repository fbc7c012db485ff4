import Formats

/// `/.well-known/security.txt` (RFC 9116): whom to tell of a flaw, as whoever runs the site says it.
enum SecurityFile {
    static let routes: [Route] = [
        .get("/.well-known/security.txt", asks: .anyone, for: "everybody", show)
    ]

    /// It is true until then, and written anew at each visit.
    private static let trusted = Duration.days(90)

    private static func show(_ request: Request) async throws -> Response {
        let configuration = request.site.configuration
        guard let contact = configuration.security else { throw NotFound() }
        let lines = [
            "Contact: \(contact)",
            "Expires: \((request.now + trusted).rfc3339)",
            "Preferred-Languages: fr, en",
            "Canonical: \(configuration.link("/.well-known/security.txt"))",
            "Policy: \(configuration.link("/a-propos#securite"))",
        ]
        return Response(
            headers: [("content-type", "text/plain; charset=utf-8")], body: Array((lines.joined(separator: "\n") + "\n").utf8))
    }
}
