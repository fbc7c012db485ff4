import Formats
import TestSupport
import Testing

@testable import Platform

/// A list leaves as it is filtered, in the file that was asked for.
struct TableFileTests {
    private func file(_ format: String?, _ language: Language = .french) async throws -> Response {
        let test = try await TestSite()
        var request = Request(.get, "/liste", query: Fields(format.map { [("format", $0)] } ?? []), site: test.site)
        request.language = language
        return try .table(header: ["a", "b"], rows: [["1", "x;y"]], named: "liste", request)
    }

    @Test func `a French spreadsheet, a program and LibreOffice each get theirs`() async throws {
        #expect(try await file(nil).text == "\u{FEFF}a;b\r\n1;\"x;y\"\r\n")
        #expect(try await file(nil, .english).text == "a,b\r\n1,\"x;y\"\r\n")
        #expect(try await file("ouvert").text == "a,b\r\n1,\"x;y\"\r\n")
        #expect(try await file("excel", .english).text == "\u{FEFF}a;b\r\n1;\"x;y\"\r\n")
        let sheet = try await file("ods")
        #expect(sheet.header("content-disposition") == "attachment; filename=\"liste.ods\"")
        #expect(try ReceivedArchive(sheet.body).paths.contains("content.xml"))
    }

    @Test func `people read the hour of their clocks, programs that of the world`() async throws {
        func written(_ format: String) async throws -> String {
            let test = try await TestSite()
            var request = Request(.get, "/liste", query: Fields([("format", format)]), site: test.site)
            request.language = .french
            #expect(request.decimalMark == (format == "ouvert" ? "." : ","))
            return try Response.table(header: ["a"], rows: [["2026-04-14T09:00:08Z"], ["2026-12-14T23:30:00Z"]], named: "l", request).text
        }
        let sheet = try await written("excel")
        #expect(sheet.contains("2026-04-14 11:00:08\r\n2026-12-15 00:30:00\r\n"), "\(sheet)")
        #expect(try await written("ouvert").contains("2026-04-14T09:00:08Z"))
    }

    @Test func `the links keep the filters and nothing else`() async throws {
        let test = try await TestSite()
        var request = Request(.get, "/l", query: Fields([("q", "été"), ("page", "3"), ("fait", "x"), ("vide", "")]), site: test.site)
        request.language = .french
        let links = request.exports("/l/export").html
        #expect(links.contains("/l/export?q=%C3%A9t%C3%A9&amp;format=ods\"") && !links.contains("page=") && !links.contains("vide"))
    }
}
