import Formats

/// The pages of the demonstration's mails.
enum MailViews {
    static func list(
        _ mails: [KeptMail], people: [(id: String, name: String)], page: Int, pages: Int, _ request: Request
    ) -> Page {
        let words = request.words
        let title = words("platform.mails.title")
        let items = mails.map { mail -> Markup in
            """
            <li><h2><a href="/courriels/\(mail.id)">\(mail.subject)</a></h2><p class="meta">\(mail.name ?? mail.address) · \(words.element(mail.createdAt))</p></li>
            """
        }
        let list: Markup =
            items.isEmpty
            ? "<div class=\"empty\"><h2>\(words("platform.mails.empty.title"))</h2><p>\(words("platform.mails.empty.text"))</p></div>"
            : "<ol class=\"entries\">\(items)</ol>"
        return Page(
            title, shape: .reading, crumbs: [Crumb(words("platform.shell.home"), "/"), Crumb(title)],
            """
            <h1>\(title)</h1><p class="lede">\(words("platform.mails.lede"))</p>
            \(filter(people, request))\(list)\(request.pages(page, of: pages))
            """)
    }

    static func mail(_ mail: KeptMail, _ request: Request) -> Page {
        let words = request.words
        let address: Markup = mail.name.map { "\($0) &lt;\(mail.address)&gt;" } ?? "\(mail.address)"
        return Page(
            mail.subject, shape: .reading,
            crumbs: [
                Crumb(words("platform.shell.home"), "/"), Crumb(words("platform.mails.title"), "/courriels"),
                Crumb(mail.subject),
            ],
            """
            <h1>\(mail.subject)</h1>
            <article class="mail"><dl class="facts"><div><dt>\(words("platform.mails.to"))</dt><dd>\(address)</dd></div><div><dt>\(words("platform.mails.date"))</dt><dd>\(words.element(mail.createdAt))</dd></div></dl>
            <pre class="letter">\(linked(mail.body, request.site))</pre></article>
            """)
    }

    private static func filter(_ people: [(id: String, name: String)], _ request: Request) -> Markup {
        guard people.count > 1 else { return .empty }
        let words = request.words
        let form = FormView(request, values: request.query)
        let options =
            [(value: "", label: words("platform.mails.everybody"))] + people.map { (value: $0.id, label: $0.name) }
        return """
            <form class="filters" method="get" action="/courriels">\(form.select("personne", words("platform.mails.person"), options: options))<button class="button quiet">\(words("platform.mails.filter"))</button></form>
            """
    }

    /// The addresses of a plain text become links; those of this site open here, whatever the port it is served on.
    static func linked(_ text: String, _ site: Site) -> Markup {
        // The demonstration is written before it is known where it will be served.
        let own = [site.configuration.link(""), Configuration(data: site.configuration.data).publicURL]
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.split(separator: " ", omittingEmptySubsequences: false).map { word -> Markup in
                guard word.hasPrefix("https://") || word.hasPrefix("http://") else { return "\(word)" }
                let address = own.first { word.hasPrefix($0 + "/") }.map { word.dropFirst($0.count) } ?? word
                return "<a href=\"\(address)\">\(word)</a>"
            }.joined(separator: " ")
        }
        return lines.joined(separator: "\n")
    }
}
