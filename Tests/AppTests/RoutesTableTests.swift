import Application
import Formats
import Foundation
import Platform
import TestSupport
import Testing

/// Every route × every role, where there is something to see and to change: the answers are written in `RoutesTable`.
@Suite struct RoutesTableTests {
    @Test func `every route has its line, and every line its route`() {
        let routes = Set(App.features.flatMap(\.routes).map { "\($0.method.rawValue) \($0.path)" })
        let lines = RoutesTable.lines.map { "\($0.method.rawValue) \($0.route)" }
        #expect(routes.subtracting(lines).isEmpty, "unlisted: \(routes.subtracting(lines).sorted())")
        #expect(Set(lines).subtracting(routes).isEmpty, "no such route: \(Set(lines).subtracting(routes).sorted())")
        #expect(Set(RoutesTable.lines.map(\.name)).count == RoutesTable.lines.count)
        #expect(RoutesTable.lines.allSatisfy { $0.answers.count == Whole.Onlooker.allCases.count })
    }

    @Test func `every page opens to whom the table says, and to nobody else`() async throws {
        let whole = try await Whole.make()
        for line in RoutesTable.lines where line.method == .get {
            for (onlooker, expected) in zip(Whole.Onlooker.allCases, line.answers) {
                let answer = await whole.client(onlooker).get(whole.address(line.path))
                let found = RoutesTable.answer(answer.status)
                #expect(found == expected, "\(onlooker.rawValue) \(line.name): \(answer.status)")
            }
        }
    }

    /// An empty form: refused before the rules are asked, or by the rules.
    @Test func `every change is asked by whom the table says, and by nobody else`() async throws {
        let whole = try await Whole.make()
        var site = try await TestSite(copy: whole.test)
        for line in RoutesTable.lines where line.method == .post {
            for (onlooker, expected) in zip(Whole.Onlooker.allCases, line.answers) {
                let path = whole.address(line.path)
                let client = whole.client(onlooker, on: site)
                let answer = path.hasPrefix("/api/") ? await client.post(path, json: .object(whole.batch)) : await client.post(path, whole.fields(line.path))
                let found = RoutesTable.answer(answer.status)
                #expect(found == expected, "\(onlooker.rawValue) \(line.name): \(answer.status)")
                if found == RoutesTable.open { site = try await TestSite(copy: whole.test) }
            }
        }
    }
}

extension RoutesTable {
    static let open = "x"

    /// `x` for a page or a change that is this person's (right or wrong as filled), the status otherwise.
    static func answer(_ status: Int) -> String {
        switch status {
        case 401, 403, 404, 405: String(status)
        case ..<500: open
        default: "broken"
        }
    }

    struct Line {
        let method: Request.Method
        let path: String
        let answers: [String]
        var name: String { "\(method.rawValue) \(path)" }
        /// The route: `{sheet}`, `{impression}` and `{version}` are texts, `{unshown}` an excerpt.
        var route: String {
            ["sheet", "impression", "version"].reduce(path) { $0.replacing("{\($1)}", with: "{text}") }
                .replacing("{unshown}", with: "{excerpt}").replacing("{imported}", with: "{programme}")
        }
    }

    static let lines: [Line] = table.split(separator: "\n").dropFirst().compactMap { row in
        let cells = row.split(separator: "|", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
        let parts = cells[0].split(separator: " ")
        guard parts.count == 2, let method = Request.Method(rawValue: String(parts[0])) else { return nil }
        return Line(method: method, path: String(parts[1]), answers: Array(cells.dropFirst()))
    }
}
