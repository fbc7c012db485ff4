import Formats
import Platform

/// A browser inside the program: it asks the site for pages and sends forms as one person, through everything a real
/// request goes through. The demonstration is played with it; so are the request tests.
package struct Client: Sendable {
    let dispatcher: Dispatcher
    /// The session of the person; nil for somebody without account.
    let cookie: String?
    var language = "fr"

    package init(_ dispatcher: Dispatcher, cookie: String?) {
        self.dispatcher = dispatcher
        self.cookie = cookie
    }

    package func get(_ address: String, headers: [String: String] = [:]) async -> Response {
        let (path, query) = Self.parts(address)
        return await dispatcher.respond(to: Request(.get, path, query: query, headers: sent(headers), site: dispatcher.site))
    }

    private static func parts(_ address: String) -> (path: String, query: Fields) {
        let parts = address.prefix { $0 != "#" }.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        return (parts[0].isEmpty ? "/" : String(parts[0]), Fields(URLForm.parse(parts.count > 1 ? Array(parts[1].utf8) : [])))
    }

    /// A form, with the token of this person's pages unless another is given.
    package func post(
        _ path: String, pairs: [(String, String)], token: String? = nil, headers: [String: String] = [:]
    ) async -> Response {
        let token = if let token { token } else { await self.token(on: path) }
        let body = (pairs + [("csrf", token)]).map { "\(URLForm.encode($0))=\(URLForm.encode($1))" }.joined(separator: "&")
        var headers = headers
        headers["content-type"] = headers["content-type"] ?? "application/x-www-form-urlencoded"
        return await send(path, headers, Array(body.utf8))
    }

    package func post(_ path: String, _ fields: [String: String] = [:], token: String? = nil) async -> Response {
        await post(path, pairs: fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, token: token)
    }

    /// JSON, as a script of the page sends it.
    package func post(_ path: String, json: JSONValue, token: String? = nil) async -> Response {
        let token = if let token { token } else { await self.token(on: "/connexion") }
        return await send(
            path, ["content-type": "application/json", "x-csrf-token": token], Array(CanonicalJSON.encode(json).utf8))
    }

    /// A piece of a file, as a script of the page sends it.
    package func post(_ path: String, query: [(String, String)], bytes: [UInt8]) async -> Response {
        let headers = ["content-type": "application/octet-stream", "x-csrf-token": await token(on: "/connexion")]
        return await dispatcher.respond(
            to: Request(.post, path, query: Fields(query), headers: sent(headers), body: bytes, site: dispatcher.site))
    }

    /// A form with files.
    package func post(
        _ path: String, _ fields: [String: String], files: [String: UploadedFile], headers: [String: String] = [:]
    ) async -> Response {
        let boundary = "----essaim-\(Secrets.token())"
        let head = "--\(boundary)\r\nContent-Disposition: form-data; name="
        var body: [UInt8] = []
        let all = fields.merging(["csrf": await token(on: path)]) { own, _ in own }
        for (field, value) in all.sorted(by: { $0.key < $1.key }) {
            body += Array("\(head)\"\(field)\"\r\n\r\n\(value)\r\n".utf8)
        }
        for (field, file) in files {
            body += Array("\(head)\"\(field)\"; filename=\"\(file.name)\"\r\nContent-Type: application/octet-stream\r\n\r\n".utf8)
            body += file.bytes + Array("\r\n".utf8)
        }
        body += Array("--\(boundary)--\r\n".utf8)
        let type = ["content-type": "multipart/form-data; boundary=\(boundary)"]
        return await send(path, headers.merging(type) { _, own in own }, body)
    }

    /// The token of the forms shown to this person; behind a private link (`/fiche/SECRET`), the one of its pages: whoever has
    /// an account is a guest there as well.
    package func token(on path: String) async -> String {
        let parts = path.split(separator: "/")
        let isGuest = parts.count >= 2 && parts[1].utf8.count == 43
        let page = await get(isGuest ? "/\(parts[0])/\(parts[1])" : "/connexion").text
        guard let start = page.firstRange(of: "name=\"csrf\" content=\"") else { return "" }
        return String(page[start.upperBound...].prefix { $0 != "\"" })
    }

    private func send(_ address: String, _ headers: [String: String], _ body: [UInt8]) async -> Response {
        let (path, query) = Self.parts(address)
        return await dispatcher.respond(to: Request(.post, path, query: query, headers: sent(headers), body: body, site: dispatcher.site))
    }

    private func sent(_ headers: [String: String]) -> [String: String] {
        let site = dispatcher.site
        var all = ["host": "127.0.0.1", "accept-language": language]
        if let cookie { all["cookie"] = "\(site.configuration.isSecure ? "__Host-essaim" : "essaim")=\(cookie)" }
        return all.merging(headers) { _, own in own }
    }
}
