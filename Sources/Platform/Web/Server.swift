import Formats
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

/// The HTTP server: Hummingbird underneath, with limits everywhere.
public struct Server: Sendable {
    let dispatcher: Dispatcher

    public init(_ site: Site) {
        dispatcher = Dispatcher(site)
    }

    /// Serves until SIGTERM or SIGINT; requests in flight are answered first. `ready` is told the port in use.
    public func run(ready: @escaping @Sendable (Int) -> Void) async throws {
        let site = dispatcher.site
        var channel = HTTP1Channel.Configuration(idleTimeout: .seconds(30))
        channel.httpDecoder = .init(maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100)
        let application = Application(
            responder: Responder(dispatcher: dispatcher),
            server: .http1(configuration: channel),
            configuration: .init(
                address: .hostname(site.configuration.address, port: site.configuration.port),
                availableConnectionsDelegate: MaximumAvailableConnections(1_000)),
            onServerRunning: { channel in ready(channel.localAddress?.port ?? site.configuration.port) },
            logger: site.log)
        try await application.runService()
    }
}

/// Between Hummingbird's requests and ours.
private struct Responder: HTTPResponder {
    typealias Context = ConnectionContext
    let dispatcher: Dispatcher
    let budget = BodyBudget()
    var site: Site { dispatcher.site }

    /// Answers, and counts what was answered.
    func respond(to request: Hummingbird.Request, context: Context) async throws -> Hummingbird.Response {
        let start = ContinuousClock.now
        site.measures.begin()
        var (route, status, bytes) = ("-", 499, 0)
        defer {
            let took = ContinuousClock.now - start
            site.measures.end(.init(method: request.method.rawValue, route: route, status: status), took: took, bytes: bytes)
            site.log.info(
                "answered",
                metadata: [
                    "method": "\(request.method.rawValue)", "route": "\(route)", "status": "\(status)", "bytes": "\(bytes)",
                    "ms": "\(took / .milliseconds(1))",
                ])
        }
        let response = try await response(to: request, context, route: &route)
        (status, bytes) = (response.status.code, response.body.contentLength ?? 0)
        return response
    }

    private func response(
        to request: Hummingbird.Request, _ context: Context, route: inout String
    ) async throws -> Hummingbird.Response {
        let isHead = request.method == .head
        if request.method == .get || isHead, let known = known(request) {
            route = request.uri.path.hasPrefix("/assets/") ? "/assets/{asset}" : "kept"
            return write(known, request, isHead: isHead)
        }
        guard let path = request.uri.path.removingPercentEncoding, !path.utf8.contains(0) else {
            return refuse(400, "missing", request)
        }
        guard let method: Request.Method = isHead ? .get : .init(rawValue: request.method.rawValue) else {
            return refuse(405, "method", request, headers: [("allow", "GET, HEAD, POST")])
        }
        let generation = site.pages.generation
        let address = remoteAddress(request, context)
        let limit = dispatcher.bodyLimit(path)
        let announced = request.headers[.contentLength].flatMap { Int($0) } ?? (method == .get ? 0 : limit)
        guard method == .get || announced <= limit else { return refuse(413, "large", request, headers: [("connection", "close")]) }
        guard budget.take(announced, for: address) else {
            return refuse(503, "busy", request, headers: [("retry-after", "5"), ("connection", "close")])
        }
        defer { budget.giveBack(announced, for: address) }
        guard let body = try await body(of: request, upTo: limit, context) else {
            return refuse(413, "large", request, headers: [("connection", "close")])
        }
        let asked = Request(
            method, path, query: Fields(URLForm.parse(Array((request.uri.query ?? "").utf8))),
            headers: headers(request),
            body: body, remoteAddress: address, site: site)
        let response = await dispatcher.respond(to: asked)
        route = response.route
        let answer = answer(response, asked.header("accept-encoding"))
        if response.isShared, asked.cookies[site.configuration.sessionCookie] == nil {
            site.pages.keep(answer, for: key(request), madeAt: generation)
        }
        return write(answer, request, isHead: isHead)
    }

    /// What needs no thought: assets, public pages already made.
    private func known(_ request: Hummingbird.Request) -> Answer? {
        if request.uri.path.hasPrefix("/assets/") { return asset(request) }
        if let cookie = request.headers[.cookie], cookie.contains(site.configuration.sessionCookie) { return nil }
        return site.pages.answer(key(request))
    }

    private func key(_ request: Hummingbird.Request) -> PageCache.Key {
        PageCache.Key(
            location: request.uri.string, language: Languages.preferred(request.headers[.acceptLanguage]).rawValue,
            encoding: Compression.accepted(request.headers[.acceptEncoding])?.rawValue ?? "")
    }

    private func asset(_ request: Hummingbird.Request) -> Answer? {
        guard let asset = site.share.assets.asset(at: request.uri.path) else { return nil }
        let encoding = Compression.accepted(request.headers[.acceptEncoding])?.rawValue ?? ""
        let chosen = asset.bytes[encoding] == nil ? "" : encoding
        var headers = [
            ("content-type", asset.type), ("cache-control", "public, max-age=31536000, immutable"),
            ("x-content-type-options", "nosniff"), ("vary", "accept-encoding"),
            ("cross-origin-resource-policy", "same-origin"),
        ]
        if !chosen.isEmpty { headers.append(("content-encoding", chosen)) }
        return Answer(Response(headers: headers.map { (name: $0.0, value: $0.1) }, body: asset.bytes[chosen] ?? []))
    }

    /// The whole body, or nil when it is larger than the path takes. A minute at most: a slow sender is dropped.
    private func body(of request: Hummingbird.Request, upTo limit: Int, _ context: Context) async throws -> [UInt8]? {
        if request.method == .get || request.method == .head { return [] }
        return try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
            group.addTask {
                do { return Array(buffer: try await request.body.collect(upTo: limit)) } catch is NIOTooManyBytesError {
                    return nil
                }
            }
            group.addTask {
                try await Task.sleep(for: .seconds(60))
                try? await context.channel.close()
                throw CancellationError()
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }

    private func headers(_ request: Hummingbird.Request) -> [String: String] {
        var headers: [String: String] = [:]
        for field in request.headers {
            let name = field.name.canonicalName
            headers[name] = headers[name].map { "\($0)\(name == "cookie" ? "; " : ", ")\(field.value)" } ?? field.value
        }
        if let authority = request.head.authority { headers["host"] = authority }
        return headers
    }

    /// Who is at the other end: behind a proxy that the configuration names, whom it names last.
    private func remoteAddress(_ request: Hummingbird.Request, _ context: Context) -> String {
        let proxies = site.configuration.proxies
        guard proxies.contains(context.remoteAddress) else { return context.remoteAddress }
        let named = request.headers[values: HTTPField.Name("x-forwarded-for")!].joined(separator: ",")
            .split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        return named.last { !proxies.contains($0) } ?? context.remoteAddress
    }

    /// A page for what no route can take.
    private func refuse(
        _ status: Int, _ key: String, _ request: Hummingbird.Request, headers: [(name: String, value: String)] = []
    ) -> Hummingbird.Response {
        var asked = Request(.get, "/", headers: self.headers(request), site: site)
        asked.language = Languages.preferred(asked.header("accept-language"))
        var response = dispatcher.finished(dispatcher.answer(status, key, asked), asked)
        response.headers += headers
        return write(answer(response, asked.header("accept-encoding")), request, isHead: request.method == .head)
    }

    private func answer(_ response: Response, _ accepted: String?) -> Answer {
        var response = response
        let type = response.header("content-type") ?? ""
        if response.isShared { response.set("etag", "\"\(Secrets.sha256(response.body).prefix(20))\"") }
        if let encoding = Compression.accepted(accepted), response.header("content-encoding") == nil,
            Compression.isWorthwhile(type: type, size: response.body.count),
            let compressed = Compression.compress(response.body, encoding, isKept: response.isShared)
        {
            response.body = compressed
            response.set("content-encoding", encoding.rawValue)
            if let etag = response.header("etag") { response.set("etag", "\(etag.dropLast())-\(encoding.rawValue)\"") }
        }
        if response.header("vary") == nil { response.set("vary", "accept-encoding, cookie") }
        return Answer(response, etag: response.header("etag"))
    }

    private func write(_ answer: Answer, _ request: Hummingbird.Request, isHead: Bool) -> Hummingbird.Response {
        if let etag = answer.etag, let known = request.headers[.ifNoneMatch], known.contains(etag) {
            return Hummingbird.Response(status: .notModified, headers: answer.fields)
        }
        guard isHead else {
            return Hummingbird.Response(
                status: answer.status, headers: answer.fields, body: .init(byteBuffer: answer.body))
        }
        var fields = answer.fields
        fields[.contentLength] = String(answer.body.readableBytes)
        return Hummingbird.Response(status: answer.status, headers: fields)
    }
}

/// What is known of a connection.
private struct ConnectionContext: InitializableFromSource {
    let channel: any Channel
    var remoteAddress: String { channel.remoteAddress?.ipAddress ?? "" }

    init(source: ApplicationRequestContextSource) {
        channel = source.channel
    }
}
