import Formats
import Testing

struct MarkdownTests {
    @Test func `a text made of addresses is read as words, and its others as links`() {
        #expect(html("Écrivez à moi@essai.example.").contains("href=\"mailto:moi@essai.example\""))
        #expect(!html(String(repeating: "a@", count: 1_001) + "b.example moi@essai.example").contains("mailto:"))
    }

    private func html(_ source: String) -> String { Markdown.html(source).html }

    @Test func `paragraphs, emphasis, lists and quotes are written`() {
        #expect(
            html("Un *mot* **fort**\net `x<y`  \nfin")
                == "<p>Un <em>mot</em> <strong>fort</strong>\net <code>x&lt;y</code><br>\nfin</p>\n")
        #expect(
            html("- a\n- b\n\n3. c\n4. d")
                == "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ol start=\"3\">\n<li>c</li>\n<li>d</li>\n</ol>\n")
        #expect(
            html("> oui\n\n---\n\n~~non~~") == "<blockquote>\n<p>oui</p>\n</blockquote>\n<hr>\n<p><del>non</del></p>\n")
        #expect(html("- a\n\n- b") == "<ul>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ul>\n")
        #expect(html("    code <b>\n") == "<pre><code>code &lt;b&gt;\n</code></pre>\n")
        #expect(html("- [x] fait\n- [ ] à faire").contains("<li class=\"markdown-task\">☑ fait</li>"))
    }

    @Test func `headings are shifted and have each their own address`() {
        let source = "# L'Été\n## L'été\n##### bas\n# ✨\n# *A* `b`"
        #expect(
            Markdown.html(source, headingOffset: 2, idPrefix: "p-").html == """
                <h3 id="p-l-ete">L&#39;Été</h3>
                <h4 id="p-l-ete-2">L&#39;été</h4>
                <h6 id="p-bas">bas</h6>
                <h3 id="p-section">✨</h3>
                <h3 id="p-a-b"><em>A</em> <code>b</code></h3>

                """)
        #expect(Markdown.html("# a", headingOffset: 0).html == "<h1 id=\"s-a\">a</h1>\n")
    }

    @Test func `tables have a head with scopes`() {
        #expect(
            html("| a | b |\n|:-:|--:|\n| 1 | *2* |\n| 3 | 4 |") == """
                <div class="markdown-table" tabindex="0">
                <table>
                <thead>
                <tr><th scope="col" class="markdown-center">a</th><th scope="col" class="markdown-right">b</th></tr>
                </thead>
                <tbody>
                <tr><td class="markdown-center">1</td><td class="markdown-right"><em>2</em></td></tr>
                <tr><td class="markdown-center">3</td><td class="markdown-right">4</td></tr>
                </tbody>
                </table>
                </div>

                """)
    }

    @Test func `footnotes lead there and back`() {
        let page = html("Un[^a] deux[^b] trois[^a].\n\n[^b]: B\n[^a]: A *fort*")
        #expect(page.contains("<a href=\"#s-note-1\" id=\"s-appel-1\" role=\"doc-noteref\">1</a>"))
        #expect(page.contains("<a href=\"#s-note-1\" id=\"s-appel-1-2\" role=\"doc-noteref\">1</a>"))
        #expect(page.contains("<li id=\"s-note-1\">\n<p>A <em>fort</em></p>\n"))
        #expect(page.contains("<a href=\"#s-appel-1-2\" role=\"doc-backlink\">↩ 1</a></p></li>\n<li id=\"s-note-2\">"))
        #expect(page.hasSuffix("</ol>\n</section>\n"))
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "a <img src=x onerror=alert(1)> b", "<div>\n<b onclick=x>\n</div>", "<!-- x -->",
        "<nom de la structure>", "**<i>**", "<a href='javascript:x'>", "# <svg onload=x>", "- <iframe>",
        "| <b> |\n|-|\n| <u> |",
    ])
    func `tags typed by people are shown as text`(source: String) {
        let page = html(source)
        for tag in ["<script", "<img", "<b", "<!--", "<nom", "<i>", "<a ", "<svg", "<iframe", "<div>", "<u>"] {
            #expect(!page.contains(tag) || tag == "<b" && page.contains("<blockquote"), "\(page)")
        }
        let typed = source.unicodeScalars.filter { $0.properties.isAlphabetic }.count
        let plain = Markdown.plain(source).unicodeScalars.filter { $0.properties.isAlphabetic }.count
        #expect(typed == plain)
    }

    @Test(arguments: [
        "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](java&#10;script:alert(1))",
        "[x](&#1;javascript:a)",
        "[x](data:text/html,a)", "[x](vbscript:a)", "[x](file:///etc)", "<javascript:alert(1)>",
        "![x](javascript:alert(1))",
        "[x](< javascript:a>)", "[x][r]\n\n[r]: javascript:a", "[x]()", "![x](data:image/png;base64,AA)",
        "[x](\tjavascript:a)",
    ])
    func `dangerous addresses are dropped and their words stay`(source: String) {
        let page = html(source)
        #expect(!page.contains("href") && !page.contains("src"), "\(page)")
        #expect(page.contains("x") || page.contains("javascript"))
    }

    @Test func `links outside are marked and links inside are not`() {
        let rel = "rel=\"noopener nofollow ugc\""
        #expect(
            html("[a](<https://exemple.fr/é?b=\"1\"&c> 'Ti\"tre')")
                == "<p><a href=\"https://exemple.fr/%C3%A9?b=%221%22&amp;c\" title=\"Ti&quot;tre\" \(rel)>a</a></p>\n")
        #expect(html("www.exemple.fr") == "<p><a href=\"http://www.exemple.fr\" \(rel)>www.exemple.fr</a></p>\n")
        #expect(html("[a](//exemple.fr) [b](/\\exemple.fr)").components(of: rel) == 2)
        #expect(html("[a](/ressources/caen#x) [b](#s-b) [c](suite?x=a:b)").components(of: "rel=") == 0)
        #expect(html("a@exemple.fr") == "<p><a href=\"mailto:a@exemple.fr\">a@exemple.fr</a></p>\n")
    }

    @Test func `an image is shown when it is a file of the text, under its legend when it stands alone`() {
        let files: [String: MarkdownFile] = [
            "/fichiers/1": .image { "<img src=\"/g/1\" alt=\"\($0)\">" }, "/fichiers/2": .document(address: "/g/2", about: "PDF, 2 Mo"),
        ]
        func html(_ source: String) -> String { Markdown.html(source, files: files).html }
        #expect(
            html("![Le *lieu*](/fichiers/1 \"Une <légende>\")")
                == "<figure class=\"image\"><img src=\"/g/1\" alt=\"Le lieu\"><figcaption>Une &lt;légende&gt;</figcaption></figure>\n")
        #expect(html("a ![\"b\"](/fichiers/1) c") == "<p>a <img src=\"/g/1\" alt=\"&quot;b&quot;\"> c</p>\n")
        #expect(html("- ![b](/fichiers/1)").contains("<li><figure class=\"image\">"))
        #expect(html("[b](/fichiers/2)") == "<p><a href=\"/g/2\">b</a> <span class=\"meta\">(PDF, 2 Mo)</span></p>\n")
        #expect(html("![b](/fichiers/3) ![c](/compte)") == "<p><a href=\"/fichiers/3\">b</a> <a href=\"/compte\">c</a></p>\n")
    }

    @Test func `the addresses of a text are found with their words, and words are written to be read as they are`() {
        let words = "Un [plan] *du* \\ \"lieu\" & <b> `x` ~a~ _c_ &amp;"
        let found = Markdown.references(in: "[a](/b) ![\(Markdown.escaped(words))](/c \"\(Markdown.escaped(words))\")\n\n- [d](/e)")
        #expect(found.map(\.address) == ["/b", "/c", "/e"] && found.map(\.isImage) == [false, true, false] && found[1].words == words)
    }

    @Test func `no image comes from elsewhere`() {
        let away = html("![vue](https://exemple.fr/1.jpg) ![](//e.fr/2.jpg)")
        #expect(!away.contains("<img") && away.contains(">vue</a>") && away.contains(">//e.fr/2.jpg</a>"))
    }

    @Test func `a directive alone in its paragraph gives its place to a block`() {
        let source =
            "Avant\n\n[[citation:c-1]]\n\n- [[citation:c_2.x]]\n\nUn [[citation:c-3]] dans le texte.\n\n[[citation:4]]\n[[citation:5]]"
        let page = Markdown.html(source) { "<figure>\($0)</figure>" }.html
        #expect(page.contains("<p>Avant</p>\n<figure>citation:c-1</figure>\n"))
        #expect(page.contains("<li><figure>citation:c_2.x</figure>\n"))
        #expect(page.contains("<p>Un [[citation:c-3]] dans le texte.</p>"))
        #expect(page.contains("<figure>citation:4</figure>\n<figure>citation:5</figure>"))
        #expect(Markdown.directives(in: source) == ["c-1", "c_2.x", "4", "5"])
        #expect(Markdown.html("[[citation:c-1]]").isEmpty)
        #expect(Markdown.plain(source) == "Avant\nUn [[citation:c-3]] dans le texte.")
    }

    @Test(arguments: [
        "[[citation:]]", "[[Citation:a]]", "[[citation:a b]]", "[citation:a]", "[[a]]", "[[citation:<b>]]",
        "`[[citation:a]]`",
    ])
    func `what only looks like a directive is text`(source: String) {
        #expect(Markdown.directives(in: source).isEmpty)
        #expect(Markdown.html(source) { _ in "non" }.html != "non\n")
    }

    @Test func `the plain words are what a reader reads`() {
        let source =
            "# Titre\n\nUn *mot*[^1], [lien](https://exemple.fr)\nsuite.\n\n- a\n- `b`\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n[^1]: note"
        #expect(Markdown.plain(source) == "Titre\nUn mot, lien suite.\na\nb\nx y\n1 2\nnote")
    }

    @Test func `a blank text shows nothing`() {
        for source in ["", " \n\n", "#", "***", "- \n- ", ">", "&nbsp;", "[r]: /x"] {
            #expect(Markdown.isBlank(source), "\(source)")
        }
        for source in ["a", "[[citation:1]]", "![](/x.jpg)", "<b>", "`x`", "|a|\n|-|"] {
            #expect(!Markdown.isBlank(source), "\(source)")
        }
    }

    @Test func `texts are read right from many tasks at once`() async {
        let source = "~~a~~ www.exemple.fr\n\n| x |\n|---|\n| ~~y~~ |\n\n- [ ] z[^1]\n\n[^1]: n"
        let expected = Markdown.html(source)
        await withTaskGroup(of: Markup.self) { group in
            for _ in 0..<300 { group.addTask { Markdown.html(source) } }
            for await page in group { #expect(page == expected) }
        }
    }

    @Test func `a text made to hurt costs no more than its size`() {
        let wide = "|a" + String(repeating: "|a", count: 3_000) + "|\n" + String(repeating: "|-", count: 3_001) + "|\n"
        let table = wide + String(repeating: "b\n", count: 100_000)
        let quotes = String(repeating: ">", count: 50_000) + String(repeating: "[", count: 50_000)
        let lists = String(repeating: "- 1. ", count: 20_000) + String(repeating: "*a ", count: 20_000)
        let headings = String(repeating: "# a\n", count: 5_000)
        let clock = ContinuousClock()
        for source in [table, quotes, lists, headings] {
            var length = 0
            let time = clock.measure { length = Markdown.html(source).html.utf8.count }
            // Generous for an unoptimised build on a busy machine.
            #expect(length < 20 * source.utf8.count && time < .seconds(10), "\(time)")
        }
        #expect(html(String(repeating: "- ", count: 40)) == "<hr>\n")
        #expect(html(String(repeating: ">", count: 40) + "a").ranges(of: "<blockquote>").count == 32)
        #expect(Markdown.plain(String(repeating: "> ", count: 40) + "a") == "> > > > > > > > a")
    }

    @Test func `rubbish gives tags that all close`() {
        var random = Seeded(9)
        for _ in 0..<1_500 {
            let bytes = random.bytes(80, often: "#*_-`~[](){}<>|:!&\n\n  ^1ax\\\"")
            let page = html(String(decoding: bytes, as: UTF8.self))
            var open: [Substring] = []
            for tag in page.split(separator: "<").dropFirst(page.hasPrefix("<") ? 0 : 1) {
                let name = tag.prefix { $0.isLetter || $0.isNumber || $0 == "/" }
                if ["hr", "br", "img"].contains(name) { continue }
                if name.hasPrefix("/") {
                    #expect(open.popLast() == name.dropFirst(), "\(page)")
                } else {
                    open.append(name)
                }
            }
            #expect(open.isEmpty, "\(page)")
        }
    }
}

extension String {
    fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
