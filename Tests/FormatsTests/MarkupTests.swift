import Formats
import Testing

struct MarkupTests {
    @Test func `what people typed is escaped and what a template says is not`() {
        let typed = "<b>\"l'eau\" & co</b>"
        let page: Markup = "<p title=\"\(typed)\">\(typed)</p>"
        let escaped = "&lt;b&gt;&quot;l&#39;eau&quot; &amp; co&lt;/b&gt;"
        #expect(page.html == "<p title=\"\(escaped)\">\(escaped)</p>")
    }

    @Test func `substrings, numbers and missing values find their place`() {
        let missing: String? = nil
        let absent: Markup? = nil
        let number: Int? = 7
        let page: Markup = "[\("a<b".prefix(2))|\(12)|\(number)|\(missing)|\(absent)|\(Optional("é&"))]"
        #expect(page.html == "[a&lt;|12|7|||é&amp;]")
    }

    @Test func `markup inside markup stays as it is`() {
        let item: Markup = "<li>\("&")</li>"
        let list: Markup = "<ul>\([item, item])</ul>\(item)\(Markup.raw("<hr>"))"
        #expect(list.html == "<ul><li>&amp;</li><li>&amp;</li></ul><li>&amp;</li><hr>")
    }

    @Test func `pieces are joined and added`() {
        let words = ["a", "b<", "c"].map { Markup.text($0) }
        #expect(words.joined(separator: "<br>").html == "a<br>b&lt;<br>c")
        #expect(words.joined().html == "ab&lt;c")
        #expect([Markup]().joined(separator: ", ").isEmpty)
        var sum: Markup = "<i>" + Markup.text(">")
        sum += "</i>"
        #expect(sum.html == "<i>&gt;</i>")
    }

    @Test func `attributes and flags carry their own space`() {
        #expect(Markup.attribute("value", value: "a\"b").html == " value=\"a&quot;b\"")
        #expect(Markup.attribute("value", value: "").html == " value=\"\"")
        #expect(Markup.attribute("value", value: nil).isEmpty)
        #expect(Markup.flag("checked", if: true).html == " checked")
        #expect(Markup.flag("checked", if: false) == .empty)
    }

    @Test(arguments: ["", "é", "👩‍👩‍👧 & 'מים'", String(repeating: "<", count: 1_000)])
    func `escaped text reads back as what was typed`(typed: String) {
        let html = Markup.text(typed).html
        #expect(!html.utf8.contains { "<>\"'".utf8.contains($0) })
        let back = html.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
        #expect(Array(back.utf8) == Array(typed.utf8))
    }

    @Test func `an accent that stands alone hides no mark`() {
        #expect(Array(Markup.text("<\u{301}").html.utf8) == Array("&lt;".utf8) + [0xCC, 0x81])
    }
}
