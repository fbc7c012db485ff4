import Application
import Formats
import Platform
import TestSupport
import Testing

/// Nobody is led to a page that does not open to them.
@Suite struct LinksTests {
    private static let most = 250
    private static let doors = ["/", "/a-faire", "/compte", "/programmes", "/programmes/essai", "/programmes/importe", "/ressources", "/territoires"]

    @Test(arguments: Whole.Onlooker.allCases)
    func `every link of a page opens to whoever sees the page`(_ onlooker: Whole.Onlooker) async throws {
        let whole = try await Whole.make()
        let client = whole.client(onlooker)
        var known = Set(Self.doors)
        // Where each address was found.
        var waiting = Self.doors.filter { onlooker != .anybody || !["/a-faire", "/compte"].contains($0) }.map { ($0, "—") }
        var seen = 0
        while seen < Self.most, !waiting.isEmpty {
            let (address, from) = waiting.removeFirst()
            let answer = await client.get(address)
            seen += 1
            #expect(answer.status < 400, "\(onlooker.rawValue): \(address), on \(from), answers \(answer.status)")
            // A mail of the demonstration is somebody's own: its links are theirs, or were used.
            guard answer.header("content-type")?.hasPrefix("text/html") == true, !address.hasPrefix("/courriels/") else { continue }
            for link in links(answer.text, on: address) where known.insert(link).inserted { waiting.append((link, address)) }
        }
        #expect(seen > 8)
    }

    @Test func `the navigation of a programme shows what opens`() async throws {
        let whole = try await Whole.make()
        func navigation(_ onlooker: Whole.Onlooker) async -> [String] {
            let page = await whole.client(onlooker).get("/programmes/essai").text
            return page.matches(of: #/<li><a href="/programmes/essai(/\w+)?"/#).map { String($0.output.1 ?? "") }
        }
        let all = ["", "/visites", "/seminaires", "/textes", "/notes", "/territoires", "/communaute"]
        #expect(await navigation(.officer) == all)
        #expect(await navigation(.facilitator) == all)
        #expect(await navigation(.host) == ["", "/visites", "/textes", "/notes", "/territoires"])
        #expect(await navigation(.partner) == ["", "/territoires"])
        #expect(await navigation(.stranger).isEmpty)
        #expect(await navigation(.anybody).isEmpty)
    }

    @Test func `every route says for whom it is, and no account is asked without a reason`() {
        let routes = App.features.flatMap(\.routes)
        #expect(routes.allSatisfy { !$0.audience.isEmpty })
        let account = Set(routes.filter { $0.ask == .signedIn }.map(\.path))
        let own: Set = [
            "/a-faire", "/compte", "/compte/adresse", "/compte/adresse/{secret}", "/compte/confirmation", "/compte/mot-de-passe", "/compte/second-facteur",
            "/compte/second-facteur/code.svg", "/compte/second-facteur/codes", "/compte/second-facteur/retrait", "/compte/sessions/cloture",
            "/compte/sessions/{session}/cloture", "/compte/mes-donnees", "/compte/mes-donnees/archive", "/compte/mes-donnees/correction",
            "/compte/effacement", "/compte/notes-a-part", "/compte/notes-a-part/export", "/api/v1/telephone/recus",
            "/compte/effacement", "/compte/rappels", "/compte/calendrier", "/compte/calendrier/fermeture",
            "/deconnexion", "/langue/{language}",
        ]
        #expect(account == own, "another right is asked inside: \(account.subtracting(own))")
    }

    /// The addresses of this site that a page leads to, without what follows `#`.
    private func links(_ page: String, on address: String) -> [String] {
        let path = address.prefix { $0 != "?" }
        return page.matches(of: #/<a [^>]*?href="([^"]+)"/#).compactMap { match in
            let link = String(match.output.1.prefix { $0 != "#" }).replacing("&amp;", with: "&")
            if link.hasPrefix("?") { return path + link }
            return link.hasPrefix("/") && !link.contains("langue=") ? link : nil
        }
    }
}
