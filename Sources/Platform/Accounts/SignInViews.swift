import Formats

/// The pages of the way in.
enum SignInViews {
    /// The log-in page in place of one that asks for an account (401); a form that was sent is kept in it, whole.
    static func required(_ request: Request) async throws -> Response {
        let words = request.words
        if request.wantsJSON {
            return .json(.object(["error": .string(words("platform.signIn.required"))]), status: 401)
        }
        if request.path == "/deconnexion" { return .redirect("/") }
        var values = Fields()
        if request.method == .post {
            if let kept = Resumption.offered(request) { values.set("resume", to: kept.written) }
        } else {
            values.set("next", to: request.location)
        }
        return .page(page(request, values: values, isRequired: true), status: 401)
    }

    /// One e-mail field for the two ways: the password, or a link sent by mail.
    static func page(_ request: Request, values: Fields, problems: [Problem] = [], isRequired: Bool = false) -> Page {
        let words = request.words
        let form = FormView(request, values: values, problems: problems)
        let lede =
            values.has("resume")
            ? "platform.signIn.kept" : isRequired ? "platform.signIn.required" : "platform.signIn.lede"
        let mails: Markup = """
            <p class="notice">\(words("platform.signIn.demonstration")) <a href="/courriels">\(words("platform.shell.mails"))</a></p>
            """
        return Page(
            words("platform.signIn.title"), shape: .narrow,
            """
            <h1>\(words("platform.signIn.title"))</h1><p class="lede">\(words(lede))</p>
            \(already(request, next: values["next"]))\(request.site.configuration.isDemonstration ? mails : .empty)
            <form method="post" action="/connexion" data-once>\(request.formField)\(hidden(form))
            \(form.input("email", words("platform.signIn.email"), type: "email", isRequired: true, autocomplete: "email"))
            \(form.input("password", words("platform.signIn.password"), type: "password", isRequired: true, autocomplete: "current-password"))
            <div class="acts"><button class="button">\(words("platform.signIn.enter"))</button></div>
            <p class="hint">\(words("platform.signIn.linkHint"))</p>
            <div class="acts"><button class="button quiet" formaction="/connexion/lien" formnovalidate>\(words("platform.signIn.sendLink"))</button></div>
            </form>
            """)
    }

    /// After a link was asked: the same words whether or not the address is known.
    static func sent(_ request: Request, kept: Resumption? = nil) -> Page {
        let words = request.words
        let again: Markup =
            kept.map { "<h2>\(words("platform.resume.title"))</h2>\($0.form(request))" as Markup } ?? .empty
        return Page(
            words("platform.signIn.sent.title"), shape: .narrow,
            """
            <h1>\(words("platform.signIn.sent.title"))</h1><p class="lede">\(words("platform.signIn.sent.text"))</p>
            <p><a href="/connexion">\(words("platform.signIn.again"))</a></p>\(again)
            """)
    }

    /// The page of a link received by mail: one button, so that a scanner that opens the address uses nothing up.
    static func confirm(_ link: SignInLink, _ request: Request) -> Page {
        let words = request.words
        return Page(
            words("platform.signIn.title"), shape: .narrow,
            """
            <h1>\(words("platform.signIn.confirm.title", ["name": link.name ?? ""]))</h1>
            <p class="lede">\(words("platform.signIn.confirm.text"))</p>
            \(request.act(request.path, words("platform.signIn.enter"), style: "button", hidden: ["next": request.query["next"] ?? ""]))
            \(notMe(request))
            """)
    }

    static func invitation(_ link: SignInLink, _ request: Request, problems: [Problem] = []) -> Page {
        let words = request.words
        let form = FormView(request, problems: problems)
        let password = form.input(
            "password", words("platform.invitation.password"), hint: words("platform.password.hint"), type: "password",
            autocomplete: "new-password")
        return Page(
            words("platform.invitation.title"), shape: .narrow,
            """
            <h1>\(words("platform.signIn.confirm.title", ["name": link.name ?? ""]))</h1>
            <p class="lede">\(words("platform.invitation.text", ["site": request.site.configuration.siteName, "email": link.email ?? ""]))</p>
            \(form.form(to: request.path, button: words("platform.invitation.accept"), username(link.email) + password))
            \(notMe(request))
            """)
    }

    /// The first start: the account that administers the site.
    static func setUp(_ request: Request, values: Fields = Fields(), problems: [Problem] = []) -> Page {
        let words = request.words
        let form = FormView(request, values: values, problems: problems)
        let fields =
            form.input("name", words("platform.account.name"), isRequired: true, autocomplete: "name")
            + form.input(
                "email", words("platform.signIn.email"), type: "email", isRequired: true, autocomplete: "email")
            + form.input(
                "password", words("platform.signIn.password"), hint: words("platform.password.hint"), type: "password",
                isRequired: true, autocomplete: "new-password")
        return Page(
            words("platform.setUp.title"), shape: .narrow,
            """
            <h1>\(words("platform.setUp.title"))</h1><p class="lede">\(words("platform.setUp.text"))</p>
            \(form.form(to: request.path, button: words("platform.setUp.create"), fields))
            """)
    }

    /// Password keepers learn which account a new password is for.
    static func username(_ email: String?) -> Markup {
        "<input type=\"hidden\" name=\"username\" autocomplete=\"username\"\(Markup.attribute("value", value: email))>"
    }

    /// Said to who comes here with a session: they may go on, or come in as somebody else.
    private static func already(_ request: Request, next: String?) -> Markup {
        guard request.session != nil, let name = request.viewer.name else { return .empty }
        let words = request.words
        let target = Response.redirect(next ?? SignInRoutes.home).header("location")
        return """
            <p class="notice">\(words("platform.signIn.already", ["name": name])) <a href="\(target)">\(words("platform.signIn.goOn"))</a></p>
            """
    }

    private static func notMe(_ request: Request) -> Markup {
        "<p class=\"meta\"><a href=\"/\">\(request.words("platform.signIn.notMe"))</a></p>"
    }

    /// Where to go afterwards and the form that was kept, through every step of the way in.
    static func hidden(_ form: FormView) -> [Markup] {
        ["next", "resume"].compactMap { name in
            form.values[name].map { "<input type=\"hidden\" name=\"\(name)\" value=\"\(HiddenText.write($0))\">" }
        }
    }
}
