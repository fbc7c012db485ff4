import Database
import Formats
import Platform

/// The sheet to print, to be signed by hand or filed: who, for which half-days, with what was signed on a screen already.
enum AttendancePaper {
    /// How many half-days stand side by side on a sheet.
    private static let columns = 4
    /// Lines left empty for whoever comes besides.
    private static let blanks = 4

    static func show(_ request: Request, _ frame: EventFrame) async throws -> Response {
        let sheet = try await request.site.database.read { try frame.attendance($0) }
        let words = request.words
        let title = words("events.attendance.paperTitle")
        let tables = groups(sheet).map { slots -> Markup in
            let heads = slots.map { "<th scope=\"col\">\($0.said(in: words))</th>" as Markup }
            let rows = lines(sheet, slots, words).map { cells -> Markup in
                // A line for somebody who was not expected has no name yet.
                "<tr>\(CleanText.line(cells[0]).isEmpty ? "<td>\(cells[0])</td>" as Markup : "<th scope=\"row\">\(cells[0])</th>")\(cells.dropFirst().map { "<td>\($0)</td>" as Markup })</tr>"
            }
            let days = [title, slots.first?.said(in: words)].compactMap(\.self).joined(separator: ", ")
            return """
                <div class="scroll" role="region" aria-label="\(days)" tabindex="0"><table class="table attendance" aria-label="\(days)"><thead><tr><th scope="col">\(words("events.attendance.who"))</th>\(heads)</tr></thead><tbody>\(rows)</tbody></table></div>
                """
        }
        let pdf: Markup =
            request.site.typst == nil ? .empty : "<a class=\"button quiet\" href=\"\(frame.sheet)/feuille.pdf\">\(words("events.attendance.pdf"))</a>"
        return .page(
            frame.page(
                title, request,
                """
                <h1>\(title)</h1><p class="lede">\(heading(frame, sheet, words))</p><p class="no-print">\(words("events.attendance.paperHow"))</p><p class="acts no-print">\(pdf)</p>\(tables)
                <p class="meta">\(words("events.attendance.paperFoot"))</p>
                """))
    }

    static func pdf(_ request: Request, _ frame: EventFrame) async throws -> Response {
        let sheet = try await request.site.database.read { try frame.attendance($0) }
        let words = request.words
        let title = words("events.attendance.paperTitle")
        let tables = groups(sheet).map { slots -> Prose.Block in
            let head = ([words("events.attendance.who")] + slots.map { $0.said(in: words) }).map { [Prose.Inline.text($0)] }
            return .table(Prose.Table(sides: [], head: head, rows: lines(sheet, slots, words).map { $0.map { [Prose.Inline.text($0)] } }))
        }
        let paper = OfficePaper(
            title: title, language: request.language.rawValue,
            blocks: [.line(.title, []), .line(.subtitle, [.text(heading(frame, sheet, words))])] + tables
                + [.line(.particulars, [.text(words("events.attendance.paperFoot"))])])
        return try await request.pdf(paper, named: "emargement", footer: frame.event.title)
    }

    private static func heading(_ frame: EventFrame, _ sheet: AttendanceSheet, _ words: Words) -> String {
        [frame.event.title, frame.event.place, Agenda(sheet.slots).days(in: words) ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private static func groups(_ sheet: AttendanceSheet) -> [[Slot]] {
        stride(from: 0, to: sheet.slots.count, by: columns).map { Array(sheet.slots[$0..<min($0 + columns, sheet.slots.count)]) }
    }

    private static func lines(_ sheet: AttendanceSheet, _ slots: [Slot], _ words: Words) -> [[String]] {
        sheet.people.map { person in
            [person.said]
                + slots.map { slot in
                    guard let signature = sheet.signature(of: person.personId, in: slot.id) else { return "" }
                    return words("events.attendance.cell.\(signature.means.rawValue)", ["time": words.moment(signature.signedAt, zone: sheet.event.zone)])
                }
        } + Array(repeating: [String](repeating: "\u{A0}", count: slots.count + 1), count: blanks)
    }
}
