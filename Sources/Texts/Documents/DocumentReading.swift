import Database
import Formats
import Platform

/// From the bytes of a file to what it says for a text.
enum DocumentReading {
    /// Two documents are unpacked at a time; the others wait.
    private static let turns = Turns(2)

    /// Reads a file away from what answers everybody.
    /// - Throws: `Refused` with the reason, for a person
    static func read(_ file: UploadedFile) async throws -> (OfficeFile.Kind, OfficeText) {
        await turns.take()
        let outcome = await Blocking.run { () -> Result<(OfficeFile.Kind, OfficeText), OfficeFile.Problem> in
            do throws(OfficeFile.Problem) {
                let opened = try OfficeFile(file.bytes)
                return .success((opened.kind, try OfficeText.read(opened)))
            } catch { return .failure(error) }
        }
        await turns.give()
        switch outcome {
        case .success(let read): return read
        case .failure(let problem): throw Refused("texts.document.problem.\(problem.rawValue)", field: "document")
        }
    }

    /// What a document says for a text: its parts with their place, and what is left aside.
    static func sort(
        _ text: OfficeText, _ images: DocumentImages, _ file: UploadedFile, _ kind: OfficeFile.Kind, base: Revision, passage: ProsePassage, at now: Instant
    ) -> BroughtDocument {
        let parts = DocumentSorting(sections: base.sections, passage: passage).parts(text.placed(images.addresses))
        let content = BroughtDocument.Content(parts: parts, remarks: images.remarks + remarks(text, base, passage))
        return BroughtDocument(baseId: base.id, name: file.name, kind: kind, content: content, receivedAt: now)
    }

    private static func remarks(_ text: OfficeText, _ base: Revision, _ passage: ProsePassage) -> [BroughtDocument.Remark] {
        var remarks: [BroughtDocument.Remark] = []
        for case .line(.title, let runs) in text.blocks.prefix(1) where French.fold(runs.words) != French.fold(base.title) {
            remarks.append(BroughtDocument.Remark(name: "title", text: CleanText.line(runs.words)))
        }
        remarks += text.asides.map(remark)
        let quotations = text.blocks.compactMap { if case .quotation(let quotation) = $0 { quotation } else { nil } }
        let foreign = quotations.count { quotation in !passage.quotations.values.contains { quotation.isOf($0.id) } }
        if foreign > 0 { remarks.append(BroughtDocument.Remark(name: "foreign", count: foreign)) }
        let changed = quotations.count { quotation in
            guard let known = passage.quotations.values.first(where: { quotation.isOf($0.id) }) else { return false }
            return !quotation.words.contains(where: { bare($0) == bare(known.words.joined()) })
        }
        if changed > 0 { remarks.append(BroughtDocument.Remark(name: "words", count: changed)) }
        return remarks
    }

    /// Letters and figures alone: a word processor changes spaces and quotation marks by itself.
    private static func bare(_ text: String) -> String { French.fold(text).filter { $0.isLetter || $0.isNumber } }

    private static func remark(_ aside: OfficeText.Aside) -> BroughtDocument.Remark {
        switch aside {
        case .insertions(let count): BroughtDocument.Remark(name: "insertions", count: count)
        case .deletions(let count): BroughtDocument.Remark(name: "deletions", count: count)
        case .objects(let count): BroughtDocument.Remark(name: "objects", count: count)
        case .headers(let count): BroughtDocument.Remark(name: "headers", count: count)
        case .contents: BroughtDocument.Remark(name: "contents")
        case .comment(let author, let text): BroughtDocument.Remark(name: "comment", author: author, text: text)
        }
    }
}
