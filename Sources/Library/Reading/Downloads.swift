import Community
import Database
import Evidence
import Formats
import Platform
import Texts

/// A resource to take away: its text in Markdown, its description in JSON-LD (schema.org).
enum Downloads {
    static func markdown(_ request: Request, _ publication: Publication) async throws -> Response {
        let text = try await request.site.database.read { reader in
            let resource = try Resource.load(publication, reader)
            return try MarkdownFile(request: request, resource: resource).text(reader)
        }
        return .download(Array(text.utf8), type: "text/markdown; charset=utf-8", name: "\(publication.slug).md")
    }

    /// <https://schema.org/Article>, <https://schema.org/license>.
    static func description(_ request: Request, _ publication: Publication) async throws -> Response {
        let resource = try await request.site.database.read { try Resource.load(publication, $0) }
        let words = request.words
        let site = request.site
        var value: [String: JSONValue] = [
            "@context": .string("https://schema.org"), "@type": .string("Article"), "@id": .string(site.configuration.link(publication.path)),
            "url": .string(site.configuration.link(publication.path)), "headline": .string(publication.title),
            "author": .array(publication.authorNames.map { .object(["@type": .string("Person"), "name": .string($0)]) }),
            "datePublished": .string((publication.openedAt ?? publication.publishedAt).rfc3339),
            "dateModified": .string(publication.updatedAt.rfc3339), "version": .string(String(publication.version)),
            "inLanguage": .string(resource.text.language.rawValue), "about": .array(resource.covered.map { .string($0) }),
            "spatialCoverage": .object(["@type": .string("Place"), "name": .string(resource.territory)]),
            "isPartOf": .object([
                "@type": .string("Collection"), "name": .string(resource.programme.title),
                "url": .string(site.configuration.link(resource.programme.path)),
            ]),
            "identifier": .object([
                "@type": .string("PropertyValue"), "propertyID": .string("sha256"), "value": .string(resource.revision.hash),
            ]),
        ]
        value["license"] = .string(License(id: publication.license).address(in: words) ?? publication.license)
        if !publication.lede.isEmpty { value["abstract"] = .string(publication.lede) }
        return Response(
            headers: [
                ("content-type", "application/ld+json; charset=utf-8"),
                ("content-disposition", "attachment; filename=\"\(publication.slug).json\""),
            ], body: Array(CanonicalJSON.encode(.object(value)).utf8))
    }
}

/// A published text as one Markdown file: who, licence, sections, quotations with where they come from.
struct MarkdownFile {
    let request: Request
    let resource: Resource
    var words: Words { request.words }

    func text(_ reader: any Reader) throws -> String {
        let publication = resource.publication
        let site = request.site
        let quotations = try quotations(reader)
        let license = License(id: publication.license)
        let head = [
            "# \(publication.title)", publication.lede,
            "\(words.list(publication.authorNames)) · \(resource.territory) · \(words.date(publication.updatedAt.day())) · "
                + words("library.resource.version", ["n": String(publication.version)]),
            "\(license.name(in: words))\(license.address(in: words).map { " <\($0)>" } ?? "")",
            "<\(site.configuration.link(publication.path))>",
        ]
        let sections = resource.sections.map { "## \($0.title)\n\n\(addressed(filled($0.body, quotations)))" }
        var parts = head + sections
        if let reply = resource.reply { parts.append("## \(words("library.resource.reply"))\n\n\(reply.body)") }
        parts.append("\(words("library.colophon.hash")) : `\(resource.revision.hash)`")
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

    /// What stands for each quotation: its words when anybody may read them, else the neutral mark.
    private func quotations(_ reader: any Reader) throws -> [String: String] {
        let ids = resource.revision.citations.values.flatMap { $0 }
        let excerpts = try ExcerptQueries.excerpts(ids, reader)
        let allowances = try ExcerptQueries.allowances(of: excerpts, reader)
        return try Dictionary(
            uniqueKeysWithValues: excerpts.map { excerpt in
                let allowance = allowances[excerpt.id] ?? .pending
                return (excerpt.id, try line(excerpt, allowance, reader))
            })
    }

    private func line(_ excerpt: Excerpt, _ allowance: Allowance, _ reader: any Reader) throws -> String {
        guard try Quotable.isPublic(excerpt, reader, request.site) else {
            let key = allowance.isHidden ? "withdrawn" : "pending"
            return "*[\(words("evidence.quotation.\(key)"))]*"
        }
        let said = excerpt.isSpeech ? words.quoted(excerpt.words) : excerpt.words
        let source = request.site.configuration.link("\(resource.publication.path)/sources/\(excerpt.id)")
        let quoted = said.split(separator: "\n", omittingEmptySubsequences: false).map { "> \($0)" }.joined(separator: "\n")
        return "\(quoted)\n>\n> — \(excerpt.shownAs(words)), \(words.name("evidence.manner", of: excerpt.manner)), <\(source)>"
    }

    /// The images and documents where they are, for whoever reads the file elsewhere.
    private func addressed(_ body: String) -> String {
        body.replacing("](\(Attachment.folder)", with: "](\(request.site.configuration.link(Attachment.folder))")
    }

    private func filled(_ body: String, _ quotations: [String: String]) -> String {
        body.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            let trimmed = line.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
            let directive = String(trimmed)
            guard directive.hasPrefix("[[citation:"), directive.hasSuffix("]]") else { return String(line) }
            return "\(quotations[String(directive.dropFirst(11).dropLast(2))] ?? "")\n"
        }.joined(separator: "\n")
    }
}
