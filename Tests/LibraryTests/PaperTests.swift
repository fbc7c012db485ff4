import Database
import Formats
import Foundation
import Platform
import TestSupport
import Testing

@testable import Library

/// Published texts taken away: what they say, and what they never say.
@Suite struct PaperTests {
    private let path = "/ressources/colombelles"

    private func published() async throws -> Scene {
        let scene = try await Scene.make()
        try await scene.answerEnough()
        await scene.publish(["slug": "colombelles"])
        return scene
    }

    private func words(_ response: Response) throws -> String {
        let text = try OfficeText.read(OfficeFile(response.body))
        return ProseWriter.markdown(text.blocks)
    }

    /// The papers kept on the disk.
    private func kept(_ scene: Scene) -> [String] {
        let files = FileManager.default.enumerator(atPath: scene.test.site.configuration.data.appending(path: "papers").path)
        return (files?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".pdf") }
    }

    @Test(arguments: OfficeFile.Kind.allCases)
    func `anybody takes a published text away with its sources, its validation and its licence`(_ kind: OfficeFile.Kind) async throws {
        let scene = try await published()
        let answer = await scene.test.get("\(path)/texte.\(kind.rawValue)")
        #expect(answer.status == 200 && answer.header("content-type") == kind.type)
        #expect(answer.header("content-disposition") == "attachment; filename=\"colombelles.\(kind.rawValue)\"")
        let text = try words(answer)
        for expected in ["D’où vient ce texte", "\(path)/sources/\(scene.excerpt)", "Qui a validé ce texte", "Citer ce texte", "Licence", "Empreinte"] {
            #expect(text.contains(expected), "\(expected)")
        }
        #expect(!text.contains("library.") && !text.contains("evidence."))
    }

    @Test(arguments: [true, false])
    func `a document shows each reader the quotations that the page shows them, no more`(_ isConsented: Bool) async throws {
        let scene = try await Scene.make(isConsented: isConsented)
        var seen: Set<Bool> = []
        for name in [Cast.Name.nadia, .iris, .ana, .yann, .hugo, .maud] {
            let page = await scene.test.get("/textes/\(scene.text)", as: name)
            for kind in OfficeFile.Kind.allCases {
                let file = await scene.test.get("/textes/\(scene.text)/document.\(kind.rawValue)", as: name)
                #expect(file.status == page.status)
                guard file.status == 200 else { continue }
                let archive = try ReceivedArchive(file.body)
                let text = String(decoding: archive[kind == .word ? "word/document.xml" : "content.xml"] ?? [], as: UTF8.self)
                let shows = page.text.contains("quand c’est long")
                #expect(text.contains("quand c’est long") == shows, "\(name)")
                seen.insert(shows)
            }
        }
        #expect(seen == [true])
        try await scene.withdraw()
        for kind in OfficeFile.Kind.allCases {
            let file = await scene.test.get("/textes/\(scene.text)/document.\(kind.rawValue)", as: .nadia)
            let text = try OfficeText.read(OfficeFile(file.body))
            #expect(text.blocks.contains { if case .quotation(let quotation) = $0 { quotation.words == ["Propos retiré"] } else { false } })
        }
    }

    @Test func `the PDF is made once, and a withdrawal takes it off the disk at once`() async throws {
        let scene = try await published()
        try #require(scene.test.site.typst != nil, "typst is not installed: run scripts/setup")
        #expect(await scene.test.get(path).text.contains("\(path)/texte.pdf"))
        let first = await scene.test.get("\(path)/texte.pdf")
        #expect(first.status == 200 && first.header("content-type") == "application/pdf" && first.body.starts(with: Array("%PDF-".utf8)))
        #expect(kept(scene).count == 1)
        let again = await scene.test.get("\(path)/texte.pdf")
        #expect(again.body == first.body)
        #expect(await scene.test.post("/extraits/\(scene.excerpt)/retrait", ["confirmed": "1"], as: .nadia).status == 303)
        #expect(kept(scene).isEmpty)
        let after = await scene.test.get("\(path)/texte.pdf")
        #expect(after.status == 200 && after.body != first.body && kept(scene).isEmpty)
        let odt = try words(await scene.test.get("\(path)/texte.odt"))
        #expect(odt.contains("Propos retiré"))
    }

    @Test func `nothing that people wrote is a program in a paper`() async throws {
        let scene = try await published()
        let typst = try #require(scene.test.site.typst)
        let hostile = "#import \"x\" $x^2$ *gras* _i_ @ref <label> \\ #panic(\"a\") // /* ]] ` ```\u{202E}rtl\u{202C} שלום 🐝 = titre"
        let paper = OfficePaper(title: hostile, authors: [hostile], language: "fr", blocks: [.line(.title, []), .heading(3, [.text(hostile)]), .paragraph([.text(hostile), .link(hostile, to: "https://exemple.org/?a=\"b\"")]), .code(hostile)])
        let data = PaperData.json(paper, footer: hostile, keywords: [hostile], contents: hostile)
        let pdf = try await typst.pdf(data, at: scene.test.site.now(), site: scene.test.site)
        #expect(pdf.starts(with: Array("%PDF-".utf8)))
    }

    @Test func `a PDF shows its images`() async throws {
        let scene = try await published()
        let typst = try #require(scene.test.site.typst)
        func image(_ words: String, _ legend: String = "") -> Prose.Inline { Prose.Inline(.image(Prose.Image(alternative: words, address: "/fichiers/a", legend: legend))) }
        let blocks: [Prose.Block] = [.line(.title, []), .paragraph([image("Un dessin", "Sa légende")]), .paragraph([.text("Et "), image("")])]
        let inside = OfficeImage(address: "/fichiers/a", bytes: TestImage.png(width: 1_600, height: 800), width: 1_600, height: 800)
        let paper = OfficePaper(title: "T", language: "fr", blocks: blocks, images: ["/fichiers/a": inside])
        let data = PaperData.json(paper, footer: "", keywords: [], contents: nil)
        let pdf = try await typst.pdf(data, [inside.part: inside.bytes], at: scene.test.site.now(), site: scene.test.site)
        let text = String(decoding: pdf, as: UTF8.self)
        #expect(text.contains("/Subtype /Image") || text.contains("/Subtype/Image"))
        #expect(text.contains("pdfuaid:part"), "it is a PDF for everybody")
    }

    @Test func `papers that too many ask for are made once each, and beyond some the answer is to come back`() async throws {
        let desk = PaperDesk()
        let gate = Gate()
        let results = await withTaskGroup(of: String.self) { group in
            for number in 0..<10 {
                group.addTask {
                    do {
                        _ = try await desk.paper("\(number % 8)") {
                            await gate.enter()
                            return [1]
                        }
                        return "made"
                    } catch { return "busy" }
                }
            }
            // All that may begin have begun, all others were told.
            var answers: [String] = []
            while await gate.waiting < 6 { try? await Task.sleep(for: .milliseconds(5)) }
            try? await Task.sleep(for: .milliseconds(50))
            await gate.open()
            for await answer in group { answers.append(answer) }
            return answers
        }
        #expect(await gate.entered == 6)
        #expect(results.contains("busy") && results.count { $0 == "made" } >= 6)
    }
}

/// Holds who enters until it opens.
private actor Gate {
    private(set) var entered = 0
    private var held: [CheckedContinuation<Void, Never>] = []
    private var isOpen = false
    var waiting: Int { held.count }

    func enter() async {
        entered += 1
        if isOpen { return }
        await withCheckedContinuation { held.append($0) }
    }

    func open() {
        isOpen = true
        held.forEach { $0.resume() }
        held = []
    }
}
