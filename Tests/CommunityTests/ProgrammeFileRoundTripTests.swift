import Community
import Testing

/// What is written can be read again, whole.
struct ProgrammeFileRoundTripTests {
    @Test func `the example written out and read again is the example`() throws {
        let file = try ProgrammeFileExample.file()
        let copy = try ProgrammeFile.read(file.yaml(), named: "copie.yaml").get()
        #expect(copy == file)
        #expect(copy.yaml() == file.yaml())
        #expect(copy.findings() == file.findings())
    }

    @Test(arguments: [
        "oui", "non", "null", "~", "yes", "012", "12", "1e3", "2021-04-31", "- tiret", "# dièse", "a: b", "a #b",
        "«\u{A0}mots\u{A0}»",
        "[[x]]", "{a}", "\"", "'", "\\n", "*a", "&a", "!b", "%c", "@d", "`e`", "| barre", "> chevron", "deux  espaces",
        "tabulation\tici", "👩🏽‍🌾 ferme", "שלום", "fin:", "é", "=1+1", "?", "a, b", ".5",
    ]) func `a title as odd as this survives`(title: String) throws {
        let quoted = "'" + title.replacing("'", with: "''") + "'"
        let text = ProgrammeFileExample.small.replacing("\"Petit programme\"", with: quoted)
        let file = try ProgrammeFile.read(text, named: "essai.yaml").get()
        #expect(try ProgrammeFile.read(file.yaml(), named: "copie.yaml").get() == file)
    }

    @Test(arguments: [
        "Un.\\n\\nDeux.", "- liste\\n- suite", "fin d'espace \\nsuite", "  retrait\\nsuite", "a\\n    b", "a\\n\\tb",
        "#x\\n#y",
    ])
    func `a summary of several lines survives`(escaped: String) throws {
        let text = ProgrammeFileExample.small.replacing("slug: petit", with: "slug: petit\nresume: \"\(escaped)\"")
        let file = try ProgrammeFile.read(text, named: "essai.yaml").get()
        #expect(file.summary?.contains("\n") == true)
        #expect(try ProgrammeFile.read(file.yaml(), named: "copie.yaml").get() == file)
    }
}
