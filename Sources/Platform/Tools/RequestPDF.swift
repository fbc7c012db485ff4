import Formats

extension Request {
    /// A paper as a PDF to take, made once for whoever asks for the same meanwhile; 404 where nothing makes PDFs.
    /// - Parameter footer: at the foot of each page.
    public func pdf(_ paper: OfficePaper, named name: String, footer: String) async throws -> Response {
        guard let typst = site.typst else { throw NotFound() }
        let data = PaperData.json(paper, footer: footer, keywords: [], contents: nil)
        let key = Secrets.sha256(Array(CanonicalJSON.encode(data).utf8))
        do {
            // Dated of the day: the same words make the same file.
            let day = Instant(milliseconds: now.milliseconds / 86_400_000 * 86_400_000)
            let bytes = try await PaperDesk.desk.paper(key) { [site] in try await typst.pdf(data, at: day, site: site) }
            return .download(bytes, type: FileStore.Kind.pdf.rawValue, name: "\(name).pdf")
        } catch is PaperDesk.Busy {
            return later("busy")
        } catch is ToolProblem {
            return later("failed")
        }
    }

    private func later(_ key: String) -> Response {
        let title = words("platform.paper.\(key).title")
        var response = Response.page(Page(title, shape: .narrow, "<h1>\(title)</h1><p class=\"lede\">\(words("platform.paper.\(key).text"))</p>"), status: 503)
        response.headers.append(("retry-after", "30"))
        return response
    }
}
