import Community
import Testing

/// What is said of a programme file that cannot be taken, and at which line.
struct ProgrammeFileRefusalTests {
    struct Broken: Sendable, CustomTestStringConvertible {
        let replace: String
        let with: String
        let key: String
        let line: Int
        let path: String
        var testDescription: String { "\(key) \(with.debugDescription)" }

        init(_ replace: String, _ with: String, _ key: String, line: Int, _ path: String) {
            (self.replace, self.with, self.key, self.line, self.path) = (replace, with, key, line, path)
        }
    }

    static let broken: [Broken] = [
        Broken("slug: petit", "slug: petit\nslogan: oui", "unknownKey", line: 4, "slogan"),
        Broken("hotes:", "hote:", "unknownKeyNear", line: 24, "visites[1].hote"),
        Broken("titre: \"Petit programme\"\n", "", "missing", line: 1, ""),
        Broken("  - id: phase-1", "  - # sans identifiant", "missing", line: 12, "phases[1]"),
        Broken("titre: \"Petit programme\"", "titre: [un, deux]", "expectedText", line: 2, "titre"),
        Broken("hotes: [ardes]", "hotes: ardes", "expectedList", line: 24, "visites[1].hotes"),
        Broken(
            "- { genre: commune, code: \"14118\" }", "- 14118", "expectedRecord", line: 18, "territoires[1].codes[1]"),
        Broken(
            "  - { id: ardes,", "  - { id: ardes, nom: A, genre: association }\n  - { id: ardes,",
            "duplicateIdentifier", line: 21, "organisations[2].id"),
        Broken("territoire: caen", "territoire: quimper", "dangling", line: 25, "visites[1].territoire"),
        Broken("hotes: [ardes]", "hotes: [ardez]", "danglingNear", line: 24, "visites[1].hotes[1]"),
        Broken("\"14118\"", "\"1411\"", "badCommune", line: 18, "territoires[1].codes[1].code"),
        Broken(
            "commune, code: \"14118\"", "epci, code: \"200067941\"", "badIntermunicipality", line: 18,
            "territoires[1].codes[1].code"),
        Broken(
            "commune, code: \"14118\"", "departement, code: \"20\"", "badDepartment", line: 18,
            "territoires[1].codes[1].code"),
        Broken(
            "commune, code: \"14118\"", "region, code: \"29\"", "badRegion", line: 18, "territoires[1].codes[1].code"),
        Broken("genre: reseau-regional", "genre: reseau", "unknownValue", line: 20, "organisations[1].genre"),
        Broken("programme/1", "programme/2", "format", line: 1, "format"),
        Broken("format: essaim-programme/1", "# rien", "formatMissing", line: 2, "format"),
        Broken("groupe_min: 4", "groupe_min: quatre", "notNumber", line: 5, "regle_de_visite.groupe_min"),
        Broken("groupe_max: 6", "groupe_max: 600", "outOfRange", line: 6, "regle_de_visite.groupe_max"),
        Broken("groupe_max: 6", "groupe_max: 3", "reversed", line: 6, "regle_de_visite.groupe_max"),
        Broken("30/06/2021", "30/06/2020", "endsBeforeItBegins", line: 13, "phases[1].periode"),
        Broken("slug: petit", "slug: Petit Été", "badSlug", line: 3, "slug"),
        Broken("id: phase-1", "id: ../phase", "badIdentifier", line: 11, "phases[1].id"),
        Broken("\"Petit programme\"", "\"   \"", "blank", line: 2, "titre"),
        Broken("slug: petit", "slug: petit\ntitre: \"Encore\"", "duplicateKey", line: 4, ""),
        Broken(
            "visites_par_personne: 3", "visites_par_personne: 3\n  visite_accueillie_en_plus: bof", "notYesOrNo",
            line: 8, "regle_de_visite.visite_accueillie_en_plus"),
        Broken("slug: petit", "slug: \"petit", "syntax", line: 0, ""),
        Broken("slug: petit", "slug: &a petit", "alias", line: 3, ""),
    ]

    @Test(arguments: broken)
    func `a broken file is refused with its line and its reason`(broken: Broken) throws {
        let text = ProgrammeFileExample.small.replacing(broken.replace, with: broken.with)
        try #require(text != ProgrammeFileExample.small)
        let problems = ProgrammeFileExample.problems(text)
        let problem = try #require(problems.first { $0.key == "community.file.\(broken.key)" }, "\(problems)")
        #expect(problem.path == broken.path)
        if broken.line > 0 { #expect(problem.line == broken.line) }
    }

    @Test func `all problems are told at once, in the order of the lines`() {
        let text = ProgrammeFileExample.small.replacing("14118", with: "1").replacing(
            "groupe_max: 6", with: "groupe_max: x"
        )
        .replacing("territoire: caen", with: "territoire: lyon")
        let problems = ProgrammeFileExample.problems(text)
        #expect(problems.map(\.key) == ["notNumber", "badCommune", "dangling"].map { "community.file.\($0)" })
        #expect(problems.map(\.line) == [6, 18, 25])
    }

    @Test func `a mistyped key is told with the key that was meant`() {
        let problems = ProgrammeFileExample.problems(ProgrammeFileExample.small.replacing("hotes:", with: "hote:"))
        #expect(problems.first?.arguments["nearest"] == .text("hotes"))
    }

    @Test(arguments: ["", "  \n\t\n", "# rien qu'un commentaire\n"])
    func `an empty file says how one begins`(text: String) {
        #expect(ProgrammeFileExample.problems(text).map(\.key) == ["community.file.empty"])
    }

    @Test(arguments: ["bonjour", "- un\n- deux", "[]", "42"])
    func `a file that is no programme is refused`(text: String) {
        #expect(ProgrammeFileExample.problems(text).map(\.key) == ["community.file.expectedProgramme"])
    }

    @Test func `bytes that are not UTF-8 and files that are too large are refused`() {
        func keys(_ bytes: [UInt8]) -> [String] {
            switch ProgrammeFile.read(bytes, named: "essai.yaml") {
            case .success: []
            case .failure(let problems): problems.list.map(\.key)
            }
        }
        let latin = Array("format: essaim-programme/1\ntitre: ".utf8) + [0xE9, 0x0A]
        #expect(keys(latin) == ["community.file.encoding"])
        #expect(keys(Array(repeating: 0x23, count: ProgrammeFile.largest + 1)) == ["community.file.tooLarge"])
        #expect(keys(Array(ProgrammeFileExample.small.utf8)) == [])
    }

    @Test func `lines taken out of the example never break the reader`() {
        let lines = ProgrammeFileExample.text.split(separator: "\n", omittingEmptySubsequences: false)
        for seed in 0..<60 {
            var dice = Dice(UInt64(seed))
            var rest = lines
            for _ in 0..<Int.random(in: 1...8, using: &dice) {
                let start = Int.random(in: rest.indices, using: &dice)
                rest.removeSubrange(start..<min(rest.endIndex, start + Int.random(in: 1...12, using: &dice)))
            }
            switch ProgrammeFile.read(rest.joined(separator: "\n"), named: "essai.yaml") {
            case .success(let file): _ = file.findings()
            case .failure(let problems): #expect(!problems.list.isEmpty)
            }
        }
    }

    @Test func `characters changed at random never break the reader`() {
        let odd: [Character] = ["\"", ":", "-", "[", "{", "9", "\n", " ", "é", "\u{202E}", "&", "*", "#", "|", "\t"]
        for seed in 100..<160 {
            var dice = Dice(UInt64(seed))
            var characters = Array(ProgrammeFileExample.small)
            for _ in 0..<3 {
                characters[Int.random(in: characters.indices, using: &dice)] = odd.randomElement(using: &dice) ?? " "
            }
            if case .success(let file) = ProgrammeFile.read(String(characters), named: "essai.yaml") {
                _ = file.findings()
                #expect((try? ProgrammeFile.read(file.yaml(), named: "copie.yaml").get()) == file)
            }
        }
    }
}
