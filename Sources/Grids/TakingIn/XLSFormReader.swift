import Formats

/// Reads a grid in an XLSForm: groups are dimensions, what is asked in them are questions, notes under a question its probes.
/// Rows are said as the spreadsheet numbers them.
package enum XLSFormReader {
    package static func read(_ workbook: Workbook) -> GridOutline {
        var outline = GridOutline()
        guard let survey = workbook.sheet("survey") else {
            outline.remarks.append(.init(0, .noSurvey))
            return outline
        }
        let head = (survey.rows.first ?? []).map { CleanText.line($0).lowercased() }
        guard let columns = Columns(head, language: workbook.sheet("settings").flatMap(defaultLanguage)) else {
            outline.remarks.append(.init(1, .noColumn))
            return outline
        }
        var reading = Reading(outline: outline)
        for (index, row) in survey.rows.enumerated().dropFirst() { reading.take(columns.row(row, number: index + 1)) }
        return reading.closed
    }

    private struct Row {
        var number: Int
        var type: String
        var name: String
        var label: String
        var hint: String
    }

    /// Where the columns are; with several languages, those of the default one, else the first.
    private struct Columns {
        let type: Int
        let name: Int?
        let label: Int
        let hint: Int?

        init?(_ head: [String], language: String?) {
            func place(_ name: String) -> Int? {
                let suffixed = language.flatMap { language in head.firstIndex { $0.replacing(" ", with: "") == "\(name)::\(language)".replacing(" ", with: "") } }
                return head.firstIndex(of: name) ?? suffixed ?? head.firstIndex { $0.hasPrefix("\(name)::") }
            }
            guard let type = head.firstIndex(of: "type"), let label = place("label") else { return nil }
            (self.type, self.label) = (type, label)
            name = head.firstIndex(of: "name")
            hint = place("hint")
        }

        func row(_ cells: [String], number: Int) -> Row {
            func cell(_ place: Int?) -> String { place.flatMap { cells.indices.contains($0) ? CleanText.line(cells[$0]) : nil } ?? "" }
            return Row(number: number, type: cell(type).lowercased(), name: cell(name), label: cell(label), hint: cell(hint))
        }
    }

    private static func defaultLanguage(_ settings: Workbook.Sheet) -> String? {
        guard settings.rows.count > 1, let place = settings.rows[0].firstIndex(where: { CleanText.line($0).lowercased() == "default_language" }),
            settings.rows[1].indices.contains(place)
        else { return nil }
        let language = CleanText.line(settings.rows[1][place]).lowercased()
        return language.isEmpty ? nil : language
    }

    private struct Reading {
        var outline: GridOutline
        private var open: [Int] = []
        /// Whether the group open is a dimension: those that only frame the form are not.
        private var isInDimension: Bool { !open.isEmpty }

        init(outline: GridOutline) {
            self.outline = outline
        }

        mutating func take(_ row: Row) {
            let type = row.type.replacing("_", with: " ").split(separator: " ").map(String.init)
            switch type.first ?? "" {
            case "": return
            case "begin" where type.dropFirst().first == "group": begin(row)
            case "end" where type.dropFirst().first == "group":
                if !open.isEmpty { open.removeLast() }
            case "note" where isInDimension: note(row)
            case "text", "integer", "decimal", "date", "time", "datetime", "range", "geopoint", "image", "audio", "video", "file":
                ask(row)
            case "select", "rank":
                ask(row)
                if isInDimension { outline.remarks.append(.init(row.number, .choices, row.label)) }
            case "start", "end", "today", "deviceid", "username", "phonenumber", "email", "simserial", "subscriberid", "audit": return
            default: outline.remarks.append(.init(row.number, .leftAside, row.label.isEmpty ? row.type : row.label))
            }
        }

        private mutating func begin(_ row: Row) {
            if isInDimension {
                outline.remarks.append(.init(row.number, .groupInGroup, row.label))
            } else {
                outline.begin(row.label.isEmpty ? row.name : row.label, key: row.name.isEmpty ? nil : row.name, at: row.number)
            }
            open.append(row.number)
        }

        /// Outside the groups stand the fields of the form itself: who, where, when.
        private mutating func ask(_ row: Row) {
            guard isInDimension else { return outline.remarks.append(.init(row.number, .leftAside, row.label)) }
            guard !row.label.isEmpty else { return outline.remarks.append(.init(row.number, .leftAside, row.name)) }
            outline.ask(row.label, key: row.name.isEmpty ? nil : row.name, at: row.number)
            if !row.hint.isEmpty { outline.probe(row.hint, at: row.number) }
        }

        private mutating func note(_ row: Row) {
            guard !row.label.isEmpty else { return }
            if outline.dimensions.last?.questions.isEmpty == true { outline.describe(row.label, at: row.number) } else { outline.probe(row.label, at: row.number) }
        }

        var closed: GridOutline {
            var outline = outline
            if let first = open.first { outline.remarks.append(.init(first, .unclosed)) }
            outline.close()
            return outline
        }
    }
}
