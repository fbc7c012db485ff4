import Database
import Formats

/// « Vos données »: what is held, taken away at once; where each thing is corrected; leaving, being erased.
enum PersonalPages {
    static let path = "/compte/mes-donnees"

    static let routes: [Route] = [
        .get(path, asks: .signedIn, for: "who has an account") { .page(page($0)) },
        .post("\(path)/archive", asks: .signedIn, for: "who has an account", fresh: .always, archive),
        .post("\(path)/correction", asks: .signedIn, for: "who has an account", correct),
    ]

    private static func archive(_ request: Request) async throws -> Response {
        let own = try Own(request)
        let bytes = try await PersonalArchive(of: own.personId, request).bytes()
        // Taken twice, it is given twice: the form is none of those that count once.
        try await request.site.amend(as: "account.dataTaken", by: Actor(request.viewer), isPublic: false) { change in
            try change.trace("account", own.personId)
        }
        return .download(bytes, type: "application/zip", name: "mes-donnees-\(request.now.day().iso).zip")
    }

    /// What one cannot correct oneself is asked of whoever administers the site.
    private static func correct(_ request: Request) async throws -> Response {
        let own = try Own(request)
        let form = request.form
        return try await request.attempt(
            {
                let text = form.text("text")
                guard !CleanText.line(text).isEmpty else { throw Refused("platform.data.correction.empty", field: "text") }
                guard text.count <= 2_000 else { throw Refused("platform.data.correction.long", field: "text") }
                try await request.site.amend(as: "account.correctionAsked", by: request.actor, isPublic: false) { change in
                    for person in try Accounts.administrators(change) {
                        try change.write(
                            to: person, "platform.mail.correction", ["who": request.viewer.name ?? "", "text": text], opening: ErasurePages.administration)
                    }
                    try change.trace("account", own.personId)
                }
                return .redirect("\(path)?fait=correction")
            },
            otherwise: { page(request, values: form, problems: $0) })
    }

    private static func page(_ request: Request, values: Fields = Fields(), problems: [Problem] = []) -> Page {
        let words = request.words
        let form = FormView(request, values: values, problems: problems)
        let parts = request.site.features.flatMap(\.personal.parts).map { part -> Markup in
            "<div><dt>\(words("\(part.key).title"))</dt><dd>\(words("\(part.key).about"))</dd></div>"
        }
        let places = [("/compte", "name"), ("/compte/adresse", "address"), ("/programmes", "profile"), ("/a-faire", "texts")].map { path, key -> Markup in
            "<li><a href=\"\(path)\">\(words("platform.data.correct.\(key)"))</a></li>"
        }
        let done: Markup =
            request.query["fait"] == "correction" ? "<p class=\"notice success\" role=\"status\">\(words("platform.data.correction.done"))</p>" : .empty
        return .ofAccount(
            words("platform.data.title"), request, lede: words("platform.data.lede"),
            """
            \(done)<section><h2>\(words("platform.data.take.title"))</h2><p>\(words("platform.data.take.text"))</p>
            <form method="post" action="\(path)/archive">\(request.formField)<button class="button">\(words("platform.data.take.button"))</button></form>
            <details><summary>\(words("platform.data.take.what"))</summary><dl class="facts">\(parts)</dl></details></section>
            <section><h2>\(words("platform.data.correct.title"))</h2><ul>\(places)</ul>
            \(form.form(to: "\(path)/correction", button: words("platform.data.correction.button"), style: "button quiet",
                form.area("text", words("platform.data.correction.label"), hint: words("platform.data.correction.hint"), rows: 4, isRequired: true)))</section>
            <section><h2>\(words("platform.erasure.title"))</h2><p>\(words("platform.erasure.intro"))</p><p class="acts"><a class="button quiet" href="\(ErasurePages.path)">\(words("platform.erasure.open"))</a></p></section>
            <p><a href="\(PrivacyPages.path)">\(words("platform.privacy.title"))</a></p>
            """)
    }
}
