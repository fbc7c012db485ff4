import Application
import Formats
import Platform
import TestSupport
import Testing

/// What somebody may not see answers as what is not there: the same status, the same words, the same header fields, as long.
@Suite struct UnseenTests {
    /// Names of parts of a path that everybody knows: no thing of anybody.
    private static let known: Set<String> = ["language", "secret", "stage", "section"]

    /// A name that is nothing's, as long as the other and of its kind.
    private func madeUp(_ name: String) -> String {
        let id = "0190a0f0-9999-7999-8999-999999999999"
        return name.count >= id.count ? name.dropLast(id.count) + id : String(repeating: "q", count: name.count)
    }

    /// An answer without the marks of its forms, and without the path that was asked for.
    private func alike(_ answer: Response, _ names: [String]) -> String {
        let head = "\(answer.status) \(answer.body.count)\n" + answer.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
        return names.reduce(head + "\n" + answer.text) { $0.replacing(URLForm.encode($1), with: "").replacing($1, with: "") }.replacing(#/\.[\w-]{16}"/#, with: "\"")
    }

    @Test func `what may not be seen answers as what is not there`() async throws {
        let whole = try await Whole.make()
        for line in RoutesTable.lines where line.method == .get && line.path.contains("{") {
            let parts = line.path.split(separator: "/").map(String.init)
            for (onlooker, answers) in zip(Whole.Onlooker.allCases, line.answers) where answers == "404" || answers == "401" {
                let client = whole.client(onlooker)
                let address = whole.address(line.path)
                let real = await client.get(address)
                let places = parts.indices.filter { parts[$0].hasPrefix("{") && !Self.known.contains(String(parts[$0].dropFirst().dropLast())) }
                // Who is of nothing tries each part; the others the thing itself.
                for place in onlooker == .anybody || onlooker == .stranger ? places : places.suffix(1) {
                    var other = address.split(separator: "/").map(String.init)
                    let (name, none) = (other[place], madeUp(other[place]))
                    other[place] = none
                    let made = await client.get("/" + other.joined(separator: "/"))
                    #expect(alike(real, [name, none]) == alike(made, [name, none]), "\(onlooker.rawValue) \(line.name): \(parts[place])")
                }
            }
        }
    }

    /// Where a thing is seen that has no page of its own, or a page for some only.
    private func shown(_ path: String, _ whole: Whole) -> String? {
        if path.contains("{comment}") { return "/programmes/essai/grille/questions/\(whole.values["question"] ?? "")" }
        if path.contains("{line}") { return "\(Whole.visit)/bilan" }
        return path.contains("/notes/{block}") ? "/api/v1/blocs/\(whole.values["block"] ?? "")" : nil
    }

    /// 403 says that a thing is there: only to those who see it, or whatever the name.
    @Test func `a refusal tells of a thing only those who see it`() async throws {
        let whole = try await Whole.make()
        var isSeen: Set<String> = []
        var tokens: [Whole.Onlooker: String] = [:]
        for onlooker in Whole.Onlooker.allCases { tokens[onlooker] = await whole.client(onlooker).token(on: "/connexion") }
        for line in RoutesTable.lines where line.path.contains("{") && !line.path.contains("{secret}") {
            for (onlooker, answers) in zip(Whole.Onlooker.allCases, line.answers) where answers == "403" {
                let parts = line.path.split(separator: "/").map(String.init)
                guard let place = parts.lastIndex(where: { $0.hasPrefix("{") && !Self.known.contains(String($0.dropFirst().dropLast())) }) else { continue }
                let client = whole.client(onlooker)
                var path = whole.address(line.path).split(separator: "/").map(String.init)
                let seen = shown(line.path, whole) ?? "/" + path[...place].joined(separator: "/")
                path[place] = madeUp(path[place])
                let made = "/" + path.joined(separator: "/")
                let none = line.method == .get ? await client.get(made) : await client.post(made, whole.fields(line.path), token: tokens[onlooker])
                if none.status == 403 || isSeen.contains("\(onlooker) \(seen)") { continue }
                let page = await client.get(seen)
                isSeen.insert("\(onlooker) \(seen)")
                // An excerpt that is quoted leads to the page that quotes it.
                #expect(page.status == 200 || page.status == 303, "\(onlooker.rawValue) \(line.name): \(none.status), yet \(seen) answers \(page.status)")
            }
        }
    }
}
