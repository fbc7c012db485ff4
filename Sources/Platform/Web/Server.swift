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
        let connections = Connections(proxies: site.configuration.proxies, live: site.live)
        var channel = HTTP1Channel.Configuration()
        channel.httpDecoder = .init(maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100)
        let application = Application(
            responder: Responder(dispatcher: dispatcher, connections: connections),
            server: HTTPServerBuilder { [channel] responder in
                CountedChannel(inner: HTTP1Channel(responder: responder, configuration: channel), connections: connections)
            },
            configuration: .init(
                address: .hostname(site.configuration.address, port: site.configuration.port),
                availableConnectionsDelegate: MaximumAvailableConnections(Connections.most + 16)),
            onServerRunning: { channel in ready(channel.localAddress?.port ?? site.configuration.port) },
            logger: site.log)
        let watching = Task { try await connections.watch() }
        defer { watching.cancel() }
        let tidying = Task {
            while true {
                try await Task.sleep(for: .seconds(5))
                site.live.tidy(at: site.now())
            }
        }
        defer { tidying.cancel() }
        try await application.runService()
    }
}

/// Between Hummingbird's requests and ours.
private struct Responder: HTTPResponder {
    typealias Context = ConnectionContext
    let dispatcher: Dispatcher
    let connections: Connections
    let budget = BodyBudget()
    /// Bytes a second: whoever sends a body more slowly than this, a minute apart, is dropped.
    private static let slowest = 32 << 10
    /// Bytes that must be read within half a minute.
    private static let slice = 256 << 10
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
            return write(known, request, context)
        }
        guard let path = request.uri.path.removingPercentEncoding, !path.utf8.contains(0) else {
            return refuse(400, "missing", request, context)
        }
        guard let method: Request.Method = isHead ? .get : .init(rawValue: request.method.rawValue) else {
            return refuse(405, "method", request, context, headers: [("allow", "GET, HEAD, POST")])
        }
        let generation = site.pages.generation
        let address = remoteAddress(request, context)
        let limit = dispatcher.bodyLimit(path)
        let announced = request.headers[.contentLength].flatMap { Int($0) } ?? (method == .get ? 0 : limit)
        guard method == .get || announced <= limit else { return refuse(413, "large", request, context, headers: [("connection", "close")]) }
        guard budget.take(announced, for: address) else {
            return refuse(503, "busy", request, context, headers: [("retry-after", "5"), ("connection", "close")])
        }
        defer { budget.giveBack(announced, for: address) }
        connections.turn(context.channel, to: .receiving, for: .seconds(60 + announced / Self.slowest))
        guard let body = try await body(of: request, upTo: limit) else {
            return refuse(413, "large", request, context, headers: [("connection", "close")])
        }
        let asked = Request(
            method, path, query: Fields(URLForm.parse(Array((request.uri.query ?? "").utf8))),
            headers: headers(request),
            body: body, remoteAddress: address, site: site)
        connections.turn(context.channel, to: .answering, for: .seconds(120))
        let response = await dispatcher.respond(to: asked)
        route = response.route
        if let stream = response.stream, !isHead { return follow(stream, Answer(response), context) }
        let answer = answer(response, asked.header("accept-encoding"))
        if response.isShared, asked.cookies[site.configuration.sessionCookie] == nil {
            site.pages.keep(answer, for: key(request), madeAt: generation)
        }
        return write(answer, request, context)
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

    /// The whole body, or nil when it is larger than the path takes.
    private func body(of request: Hummingbird.Request, upTo limit: Int) async throws -> [UInt8]? {
        if request.method == .get || request.method == .head { return [] }
        do { return Array(buffer: try await request.body.collect(upTo: limit)) } catch is NIOTooManyBytesError { return nil }
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
        _ status: Int, _ key: String, _ request: Hummingbird.Request, _ context: Context,
        headers: [(name: String, value: String)] = []
    ) -> Hummingbird.Response {
        var asked = Request(.get, "/", headers: self.headers(request), site: site)
        asked.language = Languages.preferred(asked.header("accept-language"))
        var response = dispatcher.finished(dispatcher.answer(status, key, asked), asked)
        response.headers += headers
        return write(answer(response, asked.header("accept-encoding")), request, context)
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

    private func write(_ answer: Answer, _ request: Hummingbird.Request, _ context: Context) -> Hummingbird.Response {
        defer { connections.turn(context.channel, to: .waiting) }
        if let etag = answer.etag, let known = request.headers[.ifNoneMatch], known.contains(etag) {
            return Hummingbird.Response(status: .notModified, headers: answer.fields)
        }
        guard request.method == .head else {
            return Hummingbird.Response(
                status: answer.status, headers: answer.fields, body: body(answer.body, on: context.channel))
        }
        var fields = answer.fields
        fields[.contentLength] = String(answer.body.readableBytes)
        return Hummingbird.Response(status: answer.status, headers: fields)
    }

    /// A page that is told what happens: whoever does not read what is written within half a minute is dropped.
    private func follow(_ stream: LiveStream, _ answer: Answer, _ context: Context) -> Hummingbird.Response {
        let (connections, channel) = (connections, context.channel)
        let body = ResponseBody { writer in
            try await stream.run { text in
                connections.turn(channel, to: .answering)
                try await writer.write(ByteBuffer(string: text))
            }
            try await writer.finish(nil)
            connections.turn(channel, to: .waiting)
        }
        return Hummingbird.Response(status: answer.status, headers: answer.fields, body: body)
    }

    /// A large body goes slice by slice, so that a reader who goes on reading is told from one who stopped.
    private func body(_ bytes: ByteBuffer, on channel: any Channel) -> ResponseBody {
        guard bytes.readableBytes > Self.slice else { return ResponseBody(byteBuffer: bytes) }
        let connections = connections
        return ResponseBody(contentLength: bytes.readableBytes) { writer in
            var rest = bytes
            while let slice = rest.readSlice(length: min(Self.slice, rest.readableBytes)), slice.readableBytes > 0 {
                connections.turn(channel, to: .answering)
                try await writer.write(slice)
            }
            try await writer.finish(nil)
            connections.turn(channel, to: .waiting)
        }
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
