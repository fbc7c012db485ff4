import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Community

/// An address is put right by who manages people until the account is used, and by its owner from then on.
struct AddressTests {
    private func invited(_ site: TestSite) async throws -> String {
        let fields = ["name": "Lou Martin", "email": "lou@exemple.fr", "function": "animation", "role": "facilitator"]
        _ = await site.post("/programmes/essai/communaute/invitations", fields, as: .nadia)
        return try #require(try await site.text("SELECT id FROM person WHERE email_key = 'lou@exemple.fr'"))
    }

    @Test func `the address of somebody invited is put right, and the former link opens nothing`() async throws {
        let site = try await TestSite()
        let id = try await invited(site)
        let body = try #require(try await site.text("SELECT body FROM mail WHERE address = 'lou@exemple.fr'"))
        let link = try #require(body.split(whereSeparator: \.isWhitespace).first { $0.contains("/invitation/") })
        let path = "/invitation/\(link.split(separator: "/").last ?? "")"
        #expect(await site.get(path).status == 200)
        let position = "/programmes/essai/communaute/\(id)/fonction"
        #expect(await site.get(position, as: .nadia).text.contains("value=\"lou@exemple.fr\""))
        let fields = ["function": "animation", "email": "lou.martin@exemple.fr"]
        #expect(await site.post(position, fields, as: .ana).status == 403)
        #expect(await site.post(position, fields, as: .nadia).status == 303)
        #expect(try await site.text("SELECT email FROM person WHERE id = \(id)") == "lou.martin@exemple.fr")
        #expect(await site.get(path).status != 200)
        #expect(try await site.count("SELECT COUNT(*) FROM mail WHERE address = 'lou.martin@exemple.fr'") == 1)
    }

    @Test func `an address that is taken, or of somebody who uses their account, is refused`() async throws {
        let site = try await TestSite()
        let id = try await invited(site)
        let taken = try #require(try await site.text("SELECT email FROM person WHERE id = \(site.cast[.ana])"))
        let answer = await site.post(
            "/programmes/essai/communaute/\(id)/fonction", ["function": "animation", "email": taken], as: .nadia)
        #expect(answer.status == 422)
        #expect(answer.text.contains("quelqu’un d’autre"))
        let used = "/programmes/essai/communaute/\(site.cast[.ana])/fonction"
        #expect(await site.get(used, as: .nadia).text.contains("elle change elle-même son adresse"))
        let stolen = await site.post(used, ["function": "animation", "email": "nadia@ailleurs.fr"], as: .nadia)
        #expect(stolen.status == 422)
        #expect(try await site.text("SELECT email FROM person WHERE id = \(site.cast[.ana])") == taken)
    }

    @Test func `whoever knows the address of somebody brought in elsewhere does not become its owner`() async throws {
        let site = try await TestSite()
        site.clock.advance(.hours(1))
        let id = try await site.site.amend(as: "person.added", by: .site) { change in
            let id = try People.add(name: "Lou Martin", email: "lou@exemple.fr", in: change)
            try change.trace("person", id, programme: "another")
            return id
        }
        site.clock.advance(.hours(1))
        #expect(try await invited(site) == id)
        let position = "/programmes/essai/communaute/\(id)/fonction"
        #expect(!(await site.get(position, as: .nadia).text.contains("name=\"email\"")))
        let answer = await site.post(position, ["function": "animation", "email": "nadia@ailleurs.fr"], as: .nadia)
        #expect(answer.status == 422)
        #expect(try await site.text("SELECT email FROM person WHERE id = \(id)") == "lou@exemple.fr")
        #expect(try await site.count("SELECT COUNT(*) FROM mail WHERE address = 'nadia@ailleurs.fr'") == 0)
    }

    @Test func `one's own address changes by the link sent to the new one, and the former one is told`() async throws {
        let site = try await TestSite()
        let ana = site.cast[.ana]
        let old = try #require(try await site.text("SELECT email FROM person WHERE id = \(ana)"))
        #expect(await site.post("/compte/adresse", ["email": "pas une adresse"], as: .ana).status == 422)
        #expect(await site.post("/compte/adresse", ["email": "ana@nouveau.fr"], as: .ana).status == 303)
        #expect(try await site.text("SELECT email FROM person WHERE id = \(ana)") == old)
        let body = try #require(try await site.text("SELECT body FROM mail WHERE address = 'ana@nouveau.fr'"))
        let link = try #require(body.split(whereSeparator: \.isWhitespace).first { $0.contains("/compte/adresse/") })
        let path = "/compte/adresse/\(link.split(separator: "/").last ?? "")"
        #expect(await site.post(path, as: .bo).status != 303)
        #expect(await site.get(path, as: .ana).text.contains("ana@nouveau.fr"))
        #expect(try await site.text("SELECT email FROM person WHERE id = \(ana)") == old)
        #expect(await site.post(path, as: .ana).status == 303)
        #expect(try await site.text("SELECT email FROM person WHERE id = \(ana)") == "ana@nouveau.fr")
        #expect(try await site.count("SELECT COUNT(*) FROM mail WHERE address = \(old) AND body LIKE '%ana@nouveau.fr%'") == 1)
        #expect(await site.post(path, as: .ana).status != 303)
    }
}
