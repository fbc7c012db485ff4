import Application
import Platform
import TestSupport
import Testing

/// The whole site: every route is visited as every role, and an unlisted route fails.
@Suite struct PolicyOfRoutesTests {
    /// What a route that asks something of the person answers to those who may not: never its page, never a change.
    private func isClosed(_ response: Response) -> Bool {
        [401, 403, 404, 405].contains(response.status)
    }

    private func address(_ route: Route, _ site: TestSite) -> String {
        let cast = site.cast
        let values = [
            "programme": "essai", "visit": "caen", "secret": "inconnu", "person": cast[.ana], "encounter": cast.caen.encounter,
            "territory": "caen", "object": cast.caen.visit, "language": "fr",
        ]
        return route.path.split(separator: "/", omittingEmptySubsequences: false).map { segment in
            guard segment.hasPrefix("{") else { return String(segment) }
            return values[String(segment.dropFirst().dropLast())] ?? "0190a0f0-1111-4222-8333-444455556666"
        }.joined(separator: "/")
    }

    @Test func `every route says what it asks, and a path has one handler`() {
        let routes = App.features.flatMap(\.routes)
        #expect(routes.count > 80)
        #expect(Set(routes.map { "\($0.method.rawValue) \($0.path)" }).count == routes.count)
        // Changes that anybody may ask for, listed one by one: the ways in and out, and nothing else.
        let open = routes.filter { $0.method == .post && $0.ask == .anyone }.map(\.path)
        let expected: Set<String> = [
            "/connexion", "/connexion/code", "/connexion/lien", "/connexion/lien/{secret}", "/invitation/{secret}", "/installation/{secret}", "/deconnexion",
        ]
        #expect(Set(open).isSubset(of: expected), "unlisted: \(Set(open).subtracting(expected))")
    }

    @Test func `a visitor without account changes nothing anywhere, and reads only what is open`() async throws {
        let site = try await TestSite()
        for route in App.features.flatMap(\.routes) where route.ask != .anyone && route.ask != .demonstration && route.path != "/deconnexion" {
            let path = address(route, site)
            let response = route.method == .get ? await site.get(path) : await site.post(path, ["name": "x"])
            #expect(isClosed(response), "\(route.method.rawValue) \(route.path): \(response.status)")
        }
    }

    @Test(arguments: [Cast.Name.stranger, .paul, .sam])
    func `who holds no role in the programme opens nothing of its workshop`(_ name: Cast.Name) async throws {
        let site = try await TestSite()
        let pages = App.features.flatMap(\.routes).filter { $0.path.hasPrefix("/programmes/{programme}/") }
        for route in pages {
            let path = address(route, site)
            let response = route.method == .get ? await site.get(path, as: name) : await site.post(path, ["name": "x"], as: name)
            let isPublic = route.method == .get && ["/programmes/{programme}/territoires", "/programmes/{programme}/territoires/{territory}"].contains(route.path)
            if isPublic { continue }
            if route.method == .post {
                #expect(isClosed(response), "\(name) POST \(route.path): \(response.status)")
            } else {
                #expect(!response.text.contains("L’emploi choisi"), "\(name) GET \(route.path)")
            }
        }
    }

    @Test func `no page of any role breaks the server`() async throws {
        let site = try await TestSite()
        for name in Cast.Name.allCases {
            for route in App.features.flatMap(\.routes) where route.path != "/deconnexion" {
                let path = address(route, site)
                let response = route.method == .get ? await site.get(path, as: name) : await site.post(path, as: name)
                #expect(response.status < 500, "\(name) \(route.method.rawValue) \(route.path): \(response.status)")
            }
        }
    }

    @Test func `a form without its token changes nothing, whoever sends it`() async throws {
        let site = try await TestSite()
        for route in App.features.flatMap(\.routes) where route.method == .post && !route.path.contains("{secret}") {
            let response = await site.post(address(route, site), ["name": "x"], as: .nadia, token: "faux")
            #expect([403, 404].contains(response.status), "\(route.path): \(response.status)")
        }
    }

    @Test func `not yours and not there answer alike`() async throws {
        let site = try await TestSite()
        let there = await site.get("/programmes/essai/visites/caen", as: .stranger)
        let nowhere = await site.get("/programmes/essai/visites/nulle-part", as: .stranger)
        #expect(there.status == 404 && nowhere.status == 404)
        // Each form of a page has its own mark.
        func alike(_ page: Response, _ name: String) -> String {
            page.text.replacing(name, with: "").replacing(#/\.[\w-]{16}"/#, with: "\"")
        }
        #expect(alike(there, "caen") == alike(nowhere, "nulle-part"))
    }
}
