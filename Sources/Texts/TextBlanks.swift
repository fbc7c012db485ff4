import Database
import Formats
import Platform

/// Why a dimension of the grid has nothing in a text: said, and printed, rather than left open.
public enum TextBlanks {
    /// The reasons given, by dimension.
    public static func of(_ textId: String, _ reader: any Reader) throws -> [String: String] {
        let rows = try reader.all(BlankRow.self, "SELECT dimension_id, reason FROM text_blank WHERE text_id = \(textId)")
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.dimensionId, $0.reason) })
    }

    /// Gives the reason of a blank, or takes it back when it is empty. The right is the caller's to ask.
    public static func set(_ reason: String, dimension: String, of textId: String, in change: Change) throws {
        let reason = CleanText.line(reason)
        try change.run("DELETE FROM text_blank WHERE text_id = \(textId) AND dimension_id = \(dimension)")
        if !reason.isEmpty {
            try change.run(
                "INSERT INTO text_blank (text_id, dimension_id, reason) VALUES (\(textId), \(dimension), \(reason))")
        }
        let text = try TextQueries.text(textId, change)
        try change.trace("text", textId, programme: text.programmeId, as: "text.blank", ["dimension": dimension])
    }
}

private struct BlankRow: Decodable {
    var dimensionId: String
    var reason: String
}
