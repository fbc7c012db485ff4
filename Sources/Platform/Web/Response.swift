import Formats

/// What the site answers.
public struct Response: Sendable {
    public var status: Int
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
    /// A page still to be dressed: the shell is put around it at the end of the pipeline.
    var page: Page?
    /// The pattern of the path that was asked, for the figures and the log.
    var route = "-"
    /// What the page is told as long as it is open, in the place of a body.
    var feed: LiveResponse?
    var stream: LiveStream?
    /// May be kept in memory and shown as it is to any visitor without session.
    var isShared = false

    public init(status: Int = 200, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A page for one person: never stored by anybody.
    public static func page(_ page: Page, status: Int = 200) -> Response {
        var response = Response(status: status)
        response.page = page
        return response
    }

    /// A page that everybody sees alike: kept rendered, checked by ETag at each visit.
    public static func sharedPage(_ page: Page) -> Response {
        var response = Response.page(page)
        response.isShared = true
        return response
    }

    /// After a change: 303 to a page that can be reloaded.
    public static func redirect(_ path: String) -> Response {
        Response(status: 303, headers: [("location", isLocal(path) ? path : "/")])
    }

    /// An address of this site and nothing that a browser could read otherwise: one leading slash, no control character.
    static func isLocal(_ path: String) -> Bool {
        let isClean = path.unicodeScalars.allSatisfy { scalar in
            scalar.value > 0x1f && scalar != "\\" && !(0x7f...0x9f).contains(scalar.value) && !(0x2028...0x2029).contains(scalar.value)
        }
        return isClean && path.hasPrefix("/") && !path.hasPrefix("//")
    }

    public static func json(_ value: JSONValue, status: Int = 200) -> Response {
        Response(
            status: status, headers: [("content-type", "application/json; charset=utf-8")],
            body: Array(CanonicalJSON.encode(value).utf8))
    }

    /// A file to save; its name is made safe.
    public static func download(_ bytes: [UInt8], type: String, name: String) -> Response {
        let plain = French.slug(String(name.prefix { $0 != "." }))
        let ending =
            name.split(separator: ".").last.map { ".\($0.filter { $0.isASCII && ($0.isLetter || $0.isNumber) })" } ?? ""
        return Response(
            headers: [
                ("content-type", type), ("content-disposition", "attachment; filename=\"\(plain)\(ending)\""),
            ], body: bytes)
    }

    public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    mutating func set(_ name: String, _ value: String) {
        headers.removeAll { $0.name == name }
        headers.append((name, value))
    }

    public var text: String { String(decoding: body, as: UTF8.self) }
}
