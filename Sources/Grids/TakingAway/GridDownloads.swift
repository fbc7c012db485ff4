import Community
import Database
import Formats
import Platform

/// A grid to take along: OpenDocument and PDF to write on, XLSForm for a phone, JSON for a program.
package enum GridDownloads {
    package enum Kind: String, Sendable, CaseIterable {
        case odt = "document.odt"
        case pdf = "document.pdf"
        case xlsForm = "formulaire.xlsx"
        case json = "grille.json"
    }

    static func route(_ kind: Kind) -> @Sendable (Request) async throws -> Response {
        OpenGrid.at { request, open in
            guard let core = open.core, core.content.hasQuestions else { throw NotFound() }
            return try await answer(kind, GridSheet(open, core, request.site), back: open.path, request) { try await json(core, open, request) }
        }
    }

    /// - Parameter back: the page one came from.
    package static func answer(
        _ kind: Kind, _ sheet: GridSheet, back: String, _ request: Request, json: () async throws -> JSONValue
    ) async throws -> Response {
        let now = request.now
        switch kind {
        case .json:
            let bytes = Array(CanonicalJSON.encode(try await json()).utf8)
            return .download(bytes, type: "application/json; charset=utf-8", name: "\(sheet.name).json")
        case .odt:
            let paper = sheet.paper
            let bytes = try await Blocking.run { Result { try paper.file(.openDocument, at: now) } }.get()
            return .download(bytes, type: OfficeFile.Kind.openDocument.type, name: "\(sheet.name).odt")
        case .xlsForm: return .download(try sheet.xlsForm.file(at: now), type: Workbook.type, name: "\(sheet.name).xlsx")
        case .pdf: return try await pdf(sheet, back, request)
        }
    }

    private static func pdf(_ sheet: GridSheet, _ back: String, _ request: Request) async throws -> Response {
        let (site, now, data) = (request.site, request.now, sheet.data)
        guard let typst = site.typst else { throw NotFound() }
        do {
            let key = Secrets.sha256(Array(CanonicalJSON.encode(data).utf8) + typst.template)
            let bytes = try await PaperDesk.desk.paper("grid/\(key)") {
                if let known = await LatestPapers.shared[key] { return known }
                let made = try await typst.pdf(data, at: now, site: site)
                await LatestPapers.shared.keep(made, key)
                return made
            }
            return .download(bytes, type: FileStore.Kind.pdf.rawValue, name: "\(sheet.name).pdf")
        } catch is PaperDesk.Busy {
            return later("busy", back, request)
        } catch is ToolProblem {
            return later("failed", back, request)
        }
    }

    private static func later(_ key: String, _ back: String, _ request: Request) -> Response {
        let words = request.words
        let title = words("grids.paper.\(key)")
        var response = Response.page(
            Page(
                title, shape: .narrow,
                """
                <h1>\(title)</h1><p class="lede">\(words("grids.paper.\(key).text"))</p><p class="acts"><a class="button quiet" href="\(back)">\(words("grids.paper.back"))</a></p>
                """), status: 503)
        response.headers.append(("retry-after", "30"))
        return response
    }

    /// The grid in use with its identifiers, and the questions that were retired: answers still name them.
    private static func json(_ core: GridCore, _ open: OpenGrid, _ request: Request) async throws -> JSONValue {
        let retired = try await request.site.database.read { try Grids.everyQuestion(open.programme.id, $0).filter(\.isRetired) }
        var json = core.content.json.object ?? [:]
        json["programme"] = .string(open.programme.slug)
        json["version"] = .int(Int64(core.version))
        json["sha256"] = .string(core.content.hash)
        json["retired"] = .array(
            retired.map { .object(["id": .string($0.id), "key": .string($0.key), "text": .string($0.text), "dimension": .string($0.dimension)]) })
        return .object(json)
    }
}

/// The last PDF that were made of grids, by what they say: a whole group takes the same one on the same morning.
private actor LatestPapers {
    static let shared = LatestPapers()
    private var papers: [(key: String, bytes: [UInt8])] = []

    subscript(_ key: String) -> [UInt8]? { papers.first { $0.key == key }?.bytes }

    func keep(_ bytes: [UInt8], _ key: String) {
        papers.append((key, bytes))
        if papers.count > 8 { papers.removeFirst() }
    }
}
