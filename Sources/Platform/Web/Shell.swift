import Formats

/// What is around every page: head, header, navigation, breadcrumb, footer.
struct Shell {
    let request: Request
    var words: Words { request.words }
    var site: Site { request.site }

    func render(_ page: Page) -> Markup {
        """
        <!doctype html>
        <html lang="\(words.language.rawValue)">
        <head>
        <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
        <title>\(title(page))</title>\(description(page))
        <meta name="csrf" content="\(request.formToken)">\(person)\(page.kept.map { "<meta name=\"kept\" content=\"\($0)\">" as Markup })
        <link rel="icon" href="\(site.share.assets.drawing("favicon.svg"))">
        \(assets(page))\(application(page))
        </head>
        <body\(Markup.attribute("class", value: page.shape == .workshop || page.shape == .wide ? "atelier" : nil)) data-words="\(scriptWords)">
        <a class="skip" href="#main">\(words("platform.shell.skip"))</a>
        \(demonstration)<header class="site">
        <a class="brand" href="/">\(site.configuration.siteName)</a>
        <form class="search" role="search" action="/recherche"><label class="unseen" for="site-search">\(words("platform.shell.search"))</label><input id="site-search" name="q" type="search"\(Markup.attribute("value", value: request.path == "/recherche" ? request.query["q"] : nil))><button>\(words("platform.shell.search"))</button></form>
        \(account)
        </header>
        \(navigation(page))\(breadcrumb(page))<main id="main" tabindex="-1"\(Markup.attribute("class", value: page.shape == .workshop ? nil : page.shape.rawValue))>
        \(summary(page))\(page.notice)\(page.content)
        </main>
        \(footer)
        </body>
        </html>
        """
    }

    private func title(_ page: Page) -> String {
        let name = "\(page.title) — \(site.configuration.siteName)"
        return page.problems.isEmpty ? name : "\(words("platform.form.error")) \(name)"
    }

    private func description(_ page: Page) -> Markup {
        page.description.map { "\n<meta name=\"description\" content=\"\($0)\">" } ?? .empty
    }

    /// What the browser keeps is kept apart for each person.
    private var person: Markup {
        request.viewer.personId.map { "<meta name=\"person\" content=\"\($0)\">" } ?? .empty
    }

    private func application(_ page: Page) -> Markup {
        page.application.map {
            """

            <link rel="manifest" href="\($0.manifest)" crossorigin="use-credentials"><meta name="mobile-web-app-capable" content="yes"><meta name="apple-mobile-web-app-capable" content="yes">
            """
        } ?? .empty
    }

    private func assets(_ page: Page) -> Markup {
        (["platform.css", "platform.js"] + page.assets).map { name -> Markup in
            let address = site.share.assets.address(name)
            return name.hasSuffix(".css")
                ? "<link rel=\"stylesheet\" href=\"\(address)\">"
                : "<script type=\"module\" src=\"\(address)\"></script>"
        }.joined(separator: "\n")
    }

    private var scriptWords: String {
        let keys = [
            "shortcuts", "search", "help", "close", "secondsLeft", "keptFound", "keptRestore", "keptDrop",
            "forgetConfirm",
        ]
        return words.json(Dictionary(uniqueKeysWithValues: keys.map { ($0, "platform.script.\($0)") }))
    }

    private var demonstration: Markup {
        guard site.configuration.isDemonstration else { return .empty }
        return """
            <aside class="demonstration no-print" aria-label="\(words("platform.shell.demonstrationLabel"))"><p>\(words("platform.shell.demonstration")) <a href="/courriels">\(words("platform.shell.mails"))</a></p></aside>

            """
    }

    private var account: Markup {
        guard request.session != nil, let name = request.viewer.name else {
            return """
                <nav class="account" aria-label="\(words("platform.shell.account"))"><a href="/connexion">\(words("platform.shell.signIn"))</a></nav>
                """
        }
        return """
            <nav class="account" aria-label="\(words("platform.shell.account"))"><a href="/programmes">\(words("platform.shell.programmes"))</a> <a href="/a-faire">\(words("platform.shell.todo"))</a> <a href="/compte">\(name)</a> <form method="post" action="/deconnexion" data-forget>\(request.plainField)<button class="link">\(words("platform.shell.signOut"))</button></form></nav>
            """
    }

    private func navigation(_ page: Page) -> Markup {
        guard let programme = page.programme else { return .empty }
        let base = "/programmes/\(programme.slug)"
        let entries = programme.entries.map { entry -> Markup in
            "<li><a href=\"\(base)\(entry.path)\"\(Markup.attribute("aria-current", value: entry.path == programme.current ? "page" : nil))>\(words(entry.key))</a></li>"
        }
        return """
            <nav class="programme" aria-label="\(words("platform.shell.programme"))"><a class="name" href="\(base)">\(programme.name)</a><ul>\(entries)</ul></nav>

            """
    }

    private func breadcrumb(_ page: Page) -> Markup {
        guard !page.crumbs.isEmpty else { return .empty }
        let items = page.crumbs.map { crumb -> Markup in
            crumb.path.map { "<li><a href=\"\($0)\">\(crumb.label)</a></li>" }
                ?? "<li aria-current=\"page\">\(crumb.label)</li>"
        }
        return """
            <nav class="breadcrumb" aria-label="\(words("platform.shell.breadcrumb"))"><ol>\(items)</ol></nav>

            """
    }

    private func summary(_ page: Page) -> Markup {
        guard !page.problems.isEmpty else { return .empty }
        let items = page.problems.map { problem -> Markup in
            problem.field.map { "<li><a href=\"#\($0)\">\(problem.sentence)</a></li>" }
                ?? "<li>\(problem.sentence)</li>"
        }
        return """
            <div class="error-summary" role="alert" tabindex="-1" aria-labelledby="es"><h2 id="es">\(words("platform.form.problems", ["n": page.problems.count]))</h2><ul>\(items)</ul></div>

            """
    }

    private var footer: Markup {
        let links = [("/qui-voit-quoi", "policy"), ("/a-propos", "about"), (PrivacyPages.path, "privacy"), (PrivacyPages.accessibility, "accessibility")].map { path, key -> Markup in
            "<a href=\"\(path)\">\(words("platform.shell.\(key)"))</a> "
        }
        return """
            <footer class="site"><nav aria-label="\(words("platform.shell.footer"))">\(links)\(language)</nav><p>\(words("platform.shell.licence"))</p></footer>
            """
    }

    /// The other language: kept for who has an account, in the address for others.
    private var language: Markup {
        let other: Language = words.language == .french ? .english : .french
        let name = site.words(other)("platform.language")
        let rest = request.query.without("langue").pairs
        guard request.session != nil else {
            let here = "\(path)?\(URLForm.encode(rest + [("langue", other.rawValue)]))"
            return
                "<a href=\"\(here)\" hreflang=\"\(other.rawValue)\" lang=\"\(other.rawValue)\" rel=\"nofollow\">\(name)</a>"
        }
        let next = rest.isEmpty ? path : "\(path)?\(URLForm.encode(rest))"
        return request.act("/langue/\(other.rawValue)", name, style: "link", hidden: ["next": next])
    }

    /// The address of this page, written again from its segments: never one of another site.
    private var path: String {
        guard request.method == .get else { return "/" }
        return "/"
            + request.path.split(separator: "/").map {
                URLForm.encode(String($0)).split(separator: "+", omittingEmptySubsequences: false).joined(
                    separator: "%20")
            }.joined(separator: "/")
    }
}

extension Request {
    /// The token alone, for the form that every page has: to log out twice is to log out.
    var plainField: Markup { "<input type=\"hidden\" name=\"csrf\" value=\"\(formToken)\">" }

    /// The hidden field that every form carries: the person's token, with the mark of this form.
    public var formField: Markup { "<input type=\"hidden\" name=\"csrf\" value=\"\(FormToken.marked(self))\">" }
}

extension Words {
    /// A JSON object of sentences for a script: names in the script → keys of the locale.
    public func json(_ keys: [String: String]) -> String {
        CanonicalJSON.encode(.object(keys.mapValues { .string(self($0)) }))
    }
}
