import Formats

/// The token that ties a form to the person it was shown to: a form sent from elsewhere, or from another session, is refused.
enum FormToken {
    static func make(_ request: Request) -> String {
        Secrets.mac("form|\(owner(request))", key: request.site.formKey)
    }

    static func isRight(_ request: Request) -> Bool {
        guard let sent = request.header("x-csrf-token") ?? request.form["csrf"] else { return false }
        return Secrets.equal(String(sent.prefix { $0 != separator }), request.formToken)
    }

    private static let separator: Character = "."

    /// The token with a mark of its own, for one form of a page shown to somebody: see `FormSending`.
    static func marked(_ request: Request) -> String {
        guard request.session != nil || request.link != nil else { return request.formToken }
        return "\(request.formToken)\(separator)\(Secrets.token().prefix(16))"
    }

    /// The mark of a token; nil when it bears none.
    static func mark(of token: String) -> Substring? {
        token.firstIndex(of: separator).map { token[token.index(after: $0)...] }
    }

    private static func owner(_ request: Request) -> String {
        request.link.map { "link|\($0.id)" } ?? request.session.map { "session|\($0.origin)" } ?? "anybody"
    }

    /// A form of an old tab: nothing is done, what was typed comes back with the button to send it now.
    static func staleForm(_ request: Request) -> Response {
        let words = request.words
        if request.wantsJSON {
            return .json(.object(["error": .string(words("platform.error.stale.text"))]), status: 403)
        }
        let title = words("platform.error.stale.title")
        let again = Resumption.offered(request)?.form(request) ?? .empty
        return .page(
            Page(
                title, shape: .narrow,
                "<h1>\(title)</h1><p class=\"lede\">\(words("platform.error.stale.text"))</p>\(again)"),
            status: 403)
    }
}

/// A form that could not be taken when it was sent: kept whole, to be sent again by the person.
struct Resumption: Sendable {
    let path: String
    let fields: Fields

    init(_ request: Request) {
        path = request.path
        fields = request.form.without("csrf", "password", "code", "recovery")
    }

    /// What may be offered again: nothing of what another site made a browser send (its origin has been checked).
    static func offered(_ request: Request) -> Resumption? {
        let isOurs = request.header("sec-fetch-site") == "same-origin" || request.header("origin") != nil
        return isOurs ? Resumption(request) : nil
    }

    /// Reads what `written` wrote; nil when it is not a local path.
    init?(_ text: String) {
        guard let value = try? JSONValue.parse(Array(text.utf8)), let path = value["path"]?.string, Response.isLocal(path),
            let pairs = value["fields"]?.array
        else { return nil }
        self.path = path
        fields = Fields(
            pairs.compactMap { pair in
                pair["name"]?.string.flatMap { name in pair["value"]?.string.map { (name, $0) } }
            })
    }

    var written: String {
        CanonicalJSON.encode(
            .object([
                "path": .string(path),
                "fields": .array(fields.pairs.map { .object(["name": .string($0.0), "value": .string($0.1)]) }),
            ]))
    }

    /// The texts that were typed, to read and to copy.
    func shown(_ words: Words) -> Markup {
        fields.pairs.filter { $0.1.contains(" ") }.enumerated().map { index, pair -> Markup in
            """
            <div class="field"><label for="kept-\(index)">\(words("platform.resume.text"))</label><textarea id="kept-\(index)" rows="8" readonly>
            \(pair.1)</textarea></div>
            """
        }.joined()
    }

    /// Shows what was typed and sends it again when asked to.
    func form(_ request: Request) -> Markup {
        let words = request.words
        let hidden = fields.pairs.map { name, value -> Markup in
            "<input type=\"hidden\" name=\"\(name)\" value=\"\(HiddenText.write(value))\">"
        }
        return """
            \(shown(words))<form method="post" action="\(path)" data-once>\(request.formField)\(hidden)<div class="acts"><button class="button">\(words("platform.resume.send"))</button></div></form>
            """
    }
}

/// Line breaks survive in a hidden field when they are written as character references.
enum HiddenText {
    static func write(_ text: String) -> Markup {
        let escaped = Markup.text(text).html.utf8
        return Markup.raw(
            escaped.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { String(Substring($0)) }
                .joined(separator: "&#10;"))
    }
}
