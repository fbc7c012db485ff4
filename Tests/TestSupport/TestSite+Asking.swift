import Application
import Formats
import Platform

extension TestSite {
    /// The browser of somebody; nil is a visitor without account.
    package func client(_ name: Cast.Name?) -> Client {
        Client(dispatcher, cookie: name.flatMap { cookies[$0] })
    }

    /// The same browser, on the same data served otherwise.
    package func client(_ name: Cast.Name, through dispatcher: Dispatcher) -> Client {
        Client(dispatcher, cookie: cookies[name])
    }

    /// A page as somebody sees it.
    public func get(_ address: String, as name: Cast.Name? = nil, headers: [String: String] = [:]) async -> Response {
        await client(name).get(address, headers: headers)
    }

    /// A form sent by somebody, with the token of their pages unless another is given.
    public func post(
        _ path: String, _ fields: [String: String] = [:], as name: Cast.Name? = nil, token: String? = nil
    ) async -> Response {
        await client(name).post(path, fields, token: token)
    }

    /// The same with fields that repeat, or other headers.
    public func post(
        _ path: String, pairs: [(String, String)], as name: Cast.Name? = nil, token: String? = nil, headers: [String: String] = [:]
    ) async -> Response {
        await client(name).post(path, pairs: pairs, token: token, headers: headers)
    }

    /// JSON sent by a script of the page.
    public func post(_ path: String, json: JSONValue, as name: Cast.Name? = nil, token: String? = nil) async -> Response {
        await client(name).post(path, json: json, token: token)
    }

    /// A piece of a file sent by a script of the page.
    public func post(_ path: String, query: [(String, String)], bytes: [UInt8], as name: Cast.Name? = nil) async -> Response {
        await client(name).post(path, query: query, bytes: bytes)
    }

    /// A form with files, as a browser sends it.
    public func post(
        _ path: String, _ fields: [String: String], files: [String: UploadedFile], as name: Cast.Name? = nil,
        headers: [String: String] = [:]
    ) async -> Response {
        await client(name).post(path, fields, files: files, headers: headers)
    }
}
