import Database
import Formats
import Foundation
import Platform

/// How a programme enters the site: from its file, or from one visit.
struct ImportRoutes: Sendable {
    let programmeImport: ProgrammeImport
    let start: ProgrammeStart

    var routes: [Route] {
        [
            .get("/programmes/nouveau", asks: .site(.startProgramme), for: "officers") { request in
                .page(StartView(request).page)
            },
            .post("/programmes/nouveau", asks: .site(.startProgramme), for: "officers", begin),
            .get("/programmes/importer", asks: .site(.startProgramme), for: "officers") { request in
                .page(ImportView(request).page)
            },
            .get("/programmes/importer/exemple", asks: .site(.startProgramme), for: "officers") { request in
                let bytes = [UInt8](try Data(contentsOf: request.site.share.programmeExample))
                return .download(bytes, type: "application/yaml", name: request.words("community.import.exampleName") + ".yaml")
            },
            // Shows what would be created; nothing is written.
            .post("/programmes/importer", asks: .site(.startProgramme), for: "officers") { request in
                let received = ReceivedFile(request.form)
                return try await request.attempt(
                    {
                        let file = try received.read()
                        try await request.site.database.read { try ProgrammeImport.check(file, $0) }
                        return .page(PreviewView(request: request, file: file, received: received).page)
                    },
                    otherwise: { problems in ImportView(request, values: received.fields, problems: problems).page })
            },
            .post("/programmes/importations", asks: .site(.startProgramme), for: "officers", save),
        ]
    }

    @Sendable private func begin(_ request: Request) async throws -> Response {
        try await request.attempt(
            {
                let beginning = try ProgrammeBeginning(request.form)
                return .redirect(
                    try await programmeImport.begin(
                        beginning, start, by: request.actor, in: request.site, request.words))
            },
            otherwise: { problems in StartView(request, values: request.form, problems: problems).page })
    }

    @Sendable private func save(_ request: Request) async throws -> Response {
        let received = ReceivedFile(request.form)
        return try await request.attempt(
            {
                let file = try received.read()
                try await programmeImport.save(
                    file, for: ProgrammeAudience.read(request.form) ?? .everyone, by: request.actor, in: request.site)
                return .redirect("/programmes/\(file.slug)")
            },
            otherwise: { problems in ImportView(request, values: received.fields, problems: problems).page })
    }
}

/// A programme file as a form sends it: a file, or a text pasted.
struct ReceivedFile: Sendable {
    let name: String
    let bytes: [UInt8]

    init(_ form: Fields) {
        if let file = form.file("file") {
            name = file.name
            bytes = file.bytes
        } else {
            name = form.optional("name") ?? ""
            bytes = Array((form["text"] ?? "").utf8)
        }
    }

    /// - Throws: `Refusals`: every problem, with its line.
    func read() throws -> ProgrammeFile {
        do {
            return try ProgrammeImport.read(bytes, named: name.isEmpty ? "programme.yaml" : name).get()
        } catch {
            throw error.refusals
        }
    }

    /// What is shown again when the file is refused: its text, to be put right on the spot.
    var fields: Fields {
        let text = bytes.count <= ProgrammeFile.largest ? String(validating: bytes, as: UTF8.self) ?? "" : ""
        return Fields([("name", name), ("text", text)])
    }
}
