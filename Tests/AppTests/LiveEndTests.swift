import Application
import Platform
import TestSupport
import Testing

/// A page that is open when a right ends.
@Suite struct LiveEndTests {
    @Test func `a page is told nothing more once its right is gone, at once`() async throws {
        let whole = try await Whole.make(isPublished: false)
        let (test, text, sheet) = (whole.test, whole.values["text"] ?? "", whole.values["sheet"] ?? "")
        func ends(_ address: String, _ client: Client, _ why: String, when act: () async throws -> Void) async throws {
            let page = try #require(await client.follow(address), "\(why)")
            #expect(await page.hears("event: presence"), "\(why)")
            try await act()
            #expect(await page.hears("event: end\ndata: \"closed\""), "\(why)")
            page.close()
        }
        func link() async throws -> String { "/fiche/\(try await whole.secret(of: "/fiche", to: .yann))" }
        func change(_ body: @Sendable @escaping (Change) throws -> Void) async throws {
            try await test.site.amend(as: "test.changed", by: .site) { change in
                try body(change)
                change.leaveAsItIs()
            }
        }
        let (cast, programme) = (test.cast, test.cast.programme)
        let guest = whole.client(.anybody)
        let notebook = "\(Whole.visit)/notes/direct"
        var sent = try await link()
        try await ends("\(sent)/direct", guest, "another link was sent") { _ = try await whole.sent("/textes/\(sheet)/liens", ["person": cast[.yann]], .nadia) }
        sent = try await link()
        try await ends("\(sent)/direct", guest, "« Je ne suis pas cette personne »") { #expect(await guest.post("\(sent)/pas-moi").status == 200) }
        _ = try await whole.sent("/textes/\(sheet)/liens", ["person": cast[.yann]], .nadia)
        sent = try await link()
        try await ends("\(sent)/direct", guest, "the address of the person is another one") {
            try await change { try People.readdress(cast[.yann], to: "yann.ailleurs@essai.example", in: $0) }
        }
        for name in [Cast.Name.driss, .ana] {
            try await ends(notebook, test.client(name), "left the group") {
                try await change { change in for scope in [cast.caen.delegation, cast.caen.circle] { try change.leave(cast[name], scope: scope, as: .visitor) } }
            }
        }
        try await ends("\(notebook)?sous-groupe=\(whole.values["subgroup"] ?? "")", test.client(.bo), "left the site") {
            _ = try await Erasures.apply(.former, keepsAuthorship: true, to: cast[.bo], by: .site, test.site)
        }
        try await ends("/textes/\(text)/direct", whole.client(.committee), "left the programme") {
            try await change { try $0.leave(cast[.maud], scope: programme, as: .committee) }
        }
        try await ends("/textes/\(text)/direct", whole.client(.coordinator), "the text was closed to them") { try await change { try $0.narrow(text, to: .author) } }
        try await ends("/textes/\(sheet)/direct", whole.client(.host), "the text was withdrawn") { try await change { try $0.withdraw(sheet) } }
        try await ends(notebook, whole.client(.officer), "logged out") { #expect(await test.post("/deconnexion", as: .nadia).status == 303) }
    }
}
