import Database
import Formats
import Foundation
import Glibc

/// What watches the site asks: is it well, and how much does it do.
enum HealthRoutes {
    static let routes: [Route] = [
        .get("/sante", asks: .anyone, for: "whatever watches the site") { request in await health(request) },
        .get("/mesures", asks: .anyone, for: "whoever holds the token of the configuration") { request in
            try await measures(request)
        },
    ]

    /// Room that the disk must keep for writes to go on.
    static let leastRoom: UInt64 = 50 << 20

    /// 200 when all is well, 503 with what is not: no more than that, since anybody may ask.
    private static func health(_ request: Request) async -> Response {
        let site = request.site
        let isReading = (try? await site.database.read { try $0.count("SELECT count(*) FROM setting") }) != nil
        let room = HostFacts.freeBytes(site.configuration.data) ?? 0
        let checks = [
            ("database", isReading), ("disk", room >= leastRoom), ("writing", access(site.configuration.data.path, W_OK) == 0),
            ("key", SealingKey.trouble(in: site.configuration.data) == nil),
        ]
        let isWell = checks.allSatisfy(\.1)
        let body: [String: JSONValue] = [
            "state": .string(isWell ? "ok" : "failing"),
            "checks": .object(Dictionary(uniqueKeysWithValues: checks.map { ($0.0, .string($0.1 ? "ok" : "failing")) })),
        ]
        return .json(.object(body), status: isWell ? 200 : 503)
    }

    /// For Prometheus, with the token of the configuration; without one in it, the page is not there.
    private static func measures(_ request: Request) async throws -> Response {
        let site = request.site
        guard let token = site.configuration.metricsToken,
            Secrets.equal(request.header("authorization") ?? "", "Bearer \(token)")
        else { throw NotFound() }
        var text = MeasuresText()
        text.add(site.measures.now)
        text.add(HostFacts.gauges(site.configuration.data))
        text.add(try await site.database.read { reader in try site.features.flatMap { try $0.gauges?(reader, site.now()) ?? [] } })
        return Response(headers: [("content-type", "text/plain; version=0.0.4; charset=utf-8")], body: Array(text.text.utf8))
    }

    /// What the platform counts.
    static func gauges(_ reader: any Reader, at now: Instant) throws -> [Gauge] {
        [
            Gauge("essaim_people", "People with an account.", try reader.count("SELECT count(*) FROM account")),
            Gauge("essaim_sessions", "Sessions kept.", try reader.count("SELECT count(*) FROM session")),
            Gauge("essaim_mails_waiting", "Mails not sent yet.", try Outbox.waiting(reader)),
            Gauge("essaim_mails_failed", "Mails that did not arrive, for the administrator to settle.", try Outbox.failed(reader)),
            Gauge("essaim_files", "Files kept.", try reader.count("SELECT count(*) FROM file")),
        ]
    }
}
