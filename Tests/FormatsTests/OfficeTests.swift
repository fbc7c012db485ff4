import Testing

@testable import Formats

@Suite struct OfficeTests {
    private static let at = Instant(milliseconds: 1_772_000_000_000)

    /// A text that leaves and comes back, through the same steps as the site.
    private func back(_ old: String, as kind: OfficeFile.Kind, _ edit: (String) -> String = { $0 }) throws -> String {
        let ids = Markdown.directives(in: old)
        let quotations = Dictionary(ids.map { ("citation:\($0)", Prose.Quotation(id: $0, words: ["« Des mots. »"], attribution: [.text("Une habitante")], address: "https://essaim.example/textes/1#citation-\($0)")) }) { first, _ in first }
        let passage = ProsePassage(site: "https://essaim.example", quotations: quotations)
        let blocks: [Prose.Block] = [.line(.title, [.text("Titre")]), .heading(1, [.text("Partie")])] + passage.outgoing(ProseReader.blocks(edit(old)))
        let bytes = try OfficePaper(title: "Titre", language: "fr", blocks: blocks).file(kind, at: Self.at)
        let read = try OfficeText.read(OfficeFile(bytes))
        #expect(read.blocks.first == .line(.title, [.text("Titre")]))
        let new = ProseWriter.markdown(passage.incoming(Array(read.blocks.dropFirst(2)), under: 1))
        return ProseReturn(passage, kind: kind).body(old, becoming: new, directives: Set(Markdown.directives(in: new).map { "citation:\($0)" }))
    }

    private static let whole = """
        Un *premier* paragraphe, **gras**, ~~barré~~, `code`, [un lien](https://exemple.org/a_b) et une note[^a].
        Suite de la ligne, avec une rupture\\
        et la suite[^deux].

        [[citation:0193f0aa-1111-7222-8333-444455556666]]

        # Un titre
        ## Un sous-titre

        * puce
        * autre puce
            1. numéro
            2. numéro deux

               suite du numéro
        * fin

        3. trois
        4. quatre

        - [ ] à faire
        - [x] fait

        | Nom | Nombre |
        |:----|-----:|
        | Caen | 12 |
        | *Rouen* | 3 \\| 4 |

        > Une citation ordinaire.
        >
        > - avec une liste

        ---

        ```
        du code
          en retrait
        ```

        <b>Pas de HTML</b> ici.

        Avant-dernier : 5 * 3 = 15, snake_case_name, 1. pas une liste, # ni un titre.

        [^a]: La _note_.
        [^deux]: Une autre, avec **du gras**.

            Deux paragraphes.


        Dernier.

        """

    @Test(arguments: OfficeFile.Kind.allCases)
    func `a text that nobody edited comes back to the letter`(_ kind: OfficeFile.Kind) throws {
        let back = try back(Self.whole, as: kind)
        #expect(back == Self.whole)
    }

    @Test(arguments: OfficeFile.Kind.allCases)
    func `an edited paragraph is the only thing that changes`(_ kind: OfficeFile.Kind) throws {
        let edited = try back(Self.whole, as: kind) { $0.replacing("Avant-dernier", with: "Pénultième") }
        #expect(edited == Self.whole.replacing("Avant-dernier", with: "Pénultième"))
        let noted = try back(Self.whole, as: kind) { $0.replacing("Un *premier* paragraphe", with: "Un *tout premier* paragraphe") }
        #expect(noted == Self.whole.replacing("Un *premier* paragraphe", with: "Un *tout premier* paragraphe").replacing("note[^a].\nSuite", with: "note[^a]. Suite"))
    }

    @Test(arguments: OfficeFile.Kind.allCases)
    func `a quotation that the document lost is put back where it was`(_ kind: OfficeFile.Kind) throws {
        let lost = try back(Self.whole, as: kind) { $0.replacing("[[citation:0193f0aa-1111-7222-8333-444455556666]]\n\n", with: "") }
        #expect(lost == Self.whole)
    }

    @Test(arguments: OfficeFile.Kind.allCases)
    func `texts made at random come back to the letter`(_ kind: OfficeFile.Kind) throws {
        var random = Seeded(11)
        for round in 0..<60 {
            let text = Writing.text(&random)
            #expect(try back(text, as: kind) == text, "round \(round): \(text)")
        }
    }

    @Test(arguments: OfficeFile.Kind.allCases)
    func `an image leaves inside the document and comes back where it was, with its words and its legend`(_ kind: OfficeFile.Kind) throws {
        let address = "/fichiers/0193f0aa-1111-7222-8333-444455556666"
        let old = "Avant.\n\n![Un *plan* [a]](\(address) \"Le « plan »\")\n\nDans la ligne ![](\(address)) aussi.\n"
        let passage = ProsePassage(site: "https://essaim.example", images: [address])
        let image = OfficeImage(address: address, bytes: [1, 2, 3], width: 1_600, height: 800)
        #expect(image.size == (16_000, 8_000))
        for edited in [old, old.replacing("Avant", with: "Bien avant"), old.replacing("aussi", with: "encore")] {
            let blocks: [Prose.Block] = [.heading(1, [.text("Partie")])] + passage.outgoing(ProseReader.blocks(edited))
            let bytes = try OfficePaper(title: "", language: "fr", blocks: blocks, images: [passage.absolute(address): image]).file(kind, at: Self.at)
            let file = try OfficeFile(bytes)
            #expect(file.parts.paths.count { $0.hasSuffix(".png") } == 1)
            let text = try OfficeText.read(file)
            #expect(text.pictures.map(\.origin) == [address, address] && text.pictures.map(\.alternative) == ["Un plan [a]", ""])
            #expect(text.pictures.allSatisfy { $0.bytes == [1, 2, 3] } && text.asides.isEmpty)
            let new = ProseWriter.markdown(passage.incoming(Array(text.placed(text.pictures.map(\.origin)).dropFirst()), under: 1))
            #expect(ProseReturn(passage, kind: kind).body(old, becoming: new, directives: []) == edited)
        }
    }

    @Test func `an image that is not shown leaves as a sentence, without its words nor its address`() throws {
        let passage = ProsePassage(site: "https://essaim.example", hidden: ["/fichiers/a": "Image retirée"])
        let blocks = passage.outgoing(ProseReader.blocks("![Portrait](/fichiers/a \"Qui\")"))
        let bytes = try OfficePaper(title: "", language: "fr", blocks: blocks).file(.word, at: Self.at)
        let text = try OfficeText.read(OfficeFile(bytes))
        #expect(text.pictures.isEmpty && ProseWriter.markdown(text.blocks) == "*Image retirée*")
    }

    @Test func `an image left aside leaves its legend`() throws {
        let text = OfficeText(blocks: [.paragraph([Prose.Inline(.image(Prose.Image(alternative: "a", address: OfficePicture.place(0), legend: "Le lieu")))])], pictures: [OfficePicture()])
        #expect(text.placed([nil]) == [.paragraph([.text("Le lieu")])])
    }

    @Test func `hostile files are refused, each for its reason`() throws {
        func problem(_ bytes: [UInt8]) -> OfficeFile.Problem? {
            do throws(OfficeFile.Problem) {
                _ = try OfficeText.read(OfficeFile(bytes))
                return nil
            } catch { return error }
        }
        func word(_ document: String, _ more: [(String, String)] = [], type: String = "document.main") throws -> [UInt8] {
            var archive = ZipArchive()
            archive.add("[Content_Types].xml", "<Types><Override ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.\(type)+xml\"/></Types>")
            archive.add("word/document.xml", document)
            for (path, text) in more { archive.add(path, text) }
            return try archive.bytes(at: Self.at)
        }
        let body = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>Bon</w:t></w:r></w:p></w:body></w:document>"
        #expect(try problem(word(body)) == nil)
        #expect(problem(Array("%PDF-1.7".utf8)) == .foreign)
        #expect(problem([0xD0, 0xCF, 0x11, 0xE0, 0xA1]) == .oldOrLocked)
        #expect(try problem(Array(word(body).dropLast(40))) == .damaged)
        #expect(try problem(word("<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>" + body.replacing("Bon", with: "&a;"))) == .damaged)
        #expect(try problem(word(body.replacing("Bon", with: "&a;"))) == .damaged)
        #expect(try problem(word(body, [("../../etc/cron.d/x", "x")])) == .damaged)
        #expect(try problem(word(body, [("word/vbaProject.bin", "x")])) == .macros)
        #expect(try problem(word(body, type: "macroEnabled.main")) == .macros)
        #expect(try problem(word(body.replacing("<w:r>", with: "<w:r><w:t>\(String(repeating: "mot ", count: 160_000))</w:t></w:r><w:r>"))) == .tooLarge)
        #expect(try problem(word(body.replacing("<w:p>", with: "\(String(repeating: "<w:p/>", count: 10_000))<w:p>"))) == .tooLarge)
        #expect(try problem(word(body, [("word/bomb.xml", String(repeating: "0", count: 9 << 20))])) == .tooLarge)
        let deep = String(repeating: "<w:smartTag>", count: 5_000) + String(repeating: "</w:smartTag>", count: 5_000)
        #expect(try problem(word(body.replacing("<w:r>", with: deep + "<w:r>"))) == .tooLarge)
        #expect(try problem(word("<w:document><w:body></w:document>")) == .damaged)
        #expect(try problem(word("\u{FEFF}texte")) == .damaged)
    }
}

/// Texts made at random, with everything that the editor can write.
private enum Writing {
    static func words(_ random: inout Seeded) -> String {
        let choices = [
            "l’eau", "**forte**", "*douce*", "~~non~~", "`x = 1`", "[lien](https://exemple.org/?a=1&b=2)", "« oui »", "5 * 3", "a_b_c", "\\*étoile\\*", "👩‍🌾",
            "&amp;", "<b>", "**gras *et* italique**", "[local](/ressources/x)", "fin.", "1\\. un", "שלום", "\\# titre", "100 %",
        ]
        return (0..<Int.random(in: 1...7, using: &random)).map { _ in choices.randomElement(using: &random) ?? "" }.joined(separator: " ")
    }

    static func list(_ random: inout Seeded, _ depth: Int) -> String {
        let isOrdered = Bool.random(using: &random)
        return (0..<Int.random(in: 1...3, using: &random)).map { index in
            let sign = isOrdered ? "\(index + 1). " : "- "
            var item = sign + words(&random)
            if depth < 3, Int.random(in: 0...2, using: &random) == 0 {
                item += "\n" + list(&random, depth + 1).split(separator: "\n").map { String(repeating: " ", count: sign.count) + $0 }.joined(separator: "\n")
            }
            return item
        }.joined(separator: "\n")
    }

    static func text(_ random: inout Seeded) -> String {
        var notes = 0
        var blocks = (0..<Int.random(in: 1...8, using: &random)).map { _ -> String in
            switch Int.random(in: 0...8, using: &random) {
            case 0: return "# \(words(&random))"
            case 1: return "## \(words(&random))"
            case 2: return list(&random, 0)
            case 3: return "> \(words(&random))"
            case 4: return "| A | B |\n| --- | --: |\n| \(words(&random)) | 2 |"
            case 5:
                notes += 1
                return "\(words(&random))[^\(notes)]"
            case 6: return "[[citation:0193f0aa-1111-7222-8333-44445555\(1000 + Int.random(in: 0...8_999, using: &random))]]"
            default: return words(&random)
            }
        }
        for note in 0..<notes { blocks.append("[^\(note + 1)]: \(words(&random))") }
        return blocks.joined(separator: "\n\n") + (Bool.random(using: &random) ? "\n" : "")
    }
}
