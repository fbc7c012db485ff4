import Formats
import Platform
import TestSupport
import Testing

@testable import Grids

/// Grids as forms for phones, out and in.
struct XLSFormTests {
    private func read(_ rows: [[String]], _ settings: [[String]] = []) -> GridOutline {
        XLSFormReader.read(Workbook([.init("survey", rows), .init("settings", settings)]))
    }

    @Test func `groups are dimensions, texts questions, notes probes`() {
        let outline = read([
            ["type", "name", "label", "hint"], ["start", "start"], ["text", "qui", "Vos initiales"], ["begin_group", "coop", "Coopération"],
            ["note", "n", "De quoi il s’agit."], ["text", "coop-1", "Qui coopère ?", "Avec qui ?"], ["note", "r", "Depuis quand ?"],
            ["select_one ouinon", "coop-2", "Est-ce décidé ensemble ?"], ["end group"],
        ])
        #expect(outline.faults.isEmpty)
        #expect(outline.dimensions.map(\.key) == ["coop"] && outline.dimensions[0].description == "De quoi il s’agit.")
        #expect(outline.questions.map(\.key) == ["coop-1", "coop-2"] && outline.questions[0].probes == ["Avec qui ?", "Depuis quand ?"])
        #expect(outline.remarks.map { "\($0.line) \($0.kind.rawValue)" } == ["3 leftAside", "8 choices"])
    }

    @Test func `with several languages, the default one is read`() {
        let outline = read(
            [["type", "name", "label::English (en)", "label::Français (fr)"], ["begin_group", "g", "Group", "Groupe"], ["text", "q", "Who?", "Qui ?"], ["end_group"]],
            [["form_title", "default_language"], ["x", "Français (fr)"]])
        #expect(outline.dimensions.map(\.name) == ["Groupe"] && outline.questions.map(\.text) == ["Qui ?"])
    }

    @Test func `each fault names its row`() {
        func faults(_ rows: [[String]]) -> [String] { read(rows).faults.map { "\($0.line) \($0.kind.rawValue)" } }
        #expect(faults([["nom", "texte"]]) == ["1 noColumn"])
        #expect(XLSFormReader.read(Workbook([.init("Feuille1", [])])).faults.map(\.kind) == [.noSurvey])
        let head = ["type", "name", "label"]
        #expect(faults([head, ["begin_group", "a", "A"], ["text", "q", "Q ?"]]) == ["2 unclosed"])
        #expect(faults([head, ["begin_group", "a", "A"], ["text", "q", "Q ?"], ["begin_group", "b", "B"], ["end_group"], ["end_group"]]) == ["4 groupInGroup"])
        #expect(faults([head, ["begin_repeat", "a", "A"], ["end_repeat"]]) == ["0 empty"])
    }

    @Test func `a form that leaves comes back as the same grid`() async throws {
        let site = try await TestSite(isEmpty: true).site
        let content = GridContent([
            .init(
                id: "d", key: "cooperation", name: "Coopération", description: "Qui, avec qui.",
                questions: [
                    .init(id: "1", key: "cooperation-1", text: "Combien coûte ${prix} & <b> ?", probes: ["Depuis quand ?", "Avec qui ?"]),
                    .init(id: "2", key: GridKeys.begun("0190a0f0"), text: "Et après ?"),
                ])
        ])
        let sheet = GridSheet(
            name: "grille-essai", title: "Grille", subtitle: "Essai", version: "2",
            parts: content.dimensions.map { part in
                .init(key: part.key, name: part.name, description: part.description, items: part.questions.map { .init(key: $0.key, text: $0.text, probes: $0.probes) })
            }, language: .french, site)
        let back = XLSFormReader.read(try Workbook.read(sheet.xlsForm.file(at: site.now())))
        #expect(back.faults.isEmpty)
        var expected = content
        expected.dimensions[0].questions[0].text = "Combien coûte $ {prix} & <b> ?"
        #expect(back.content(knowing: KnownGrid(dimensions: content.dimensions, questions: content.questions, keys: []), newId: { "neuf" }) == expected)
    }
}
