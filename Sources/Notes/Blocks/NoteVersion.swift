import Database
import Formats
import Platform

/// How words came to the paper: a note is not speech, and only word for word gets quotation marks.
public enum Manner: String, Sendable, Codable, CaseIterable, SQLConvertible {
    case verbatim, reworded, observed, interpreted
}

/// What a block says at one moment, as the phone sent it.
package struct NoteVersion: Sendable, Codable, Equatable {
    package var blockId: String
    package var version: Int
    /// The version it was written from; 0 for a first one.
    package var base: Int
    package var deviceId: String
    package var sequence: Int
    package var slotId: String?
    package var encounterId: String?
    /// The sub-group its author was with; that of the encounter when they say none.
    package var subgroupId: String?
    package var manner: Manner
    /// The kind of stakeholder who speaks, never a name.
    package var speaker: String?
    package var text: String
    package var fingerprint: String
    /// « Hors micro »: never leaves its author.
    package var isOffRecord: Bool
    /// Where it was, when its author says so.
    package var place: String
    package var isKeptBeside: Bool
    package var receivedAt: Instant
    package var settledAt: Instant?

    var known: BlockSync.Known {
        BlockSync.Known(version: version, base: base, fingerprint: fingerprint, isSettled: settledAt != nil)
    }
}

/// A block as a device sends it, before it has a version of the server.
package struct SentBlock: Sendable, Equatable {
    package var id: String
    package var base: Int
    package var deviceId: String
    package var sequence: Int
    package var slotId: String?
    package var encounterId: String?
    /// The dimensions of the grid it is about, each once, sorted.
    package var dimensionIds: [String]
    package var subgroupId: String?
    package var manner: Manner
    package var speaker: String?
    package var text: String
    package var isOffRecord: Bool
    package var place: String
    /// Still being written: not added by its author yet.
    package var isBegun: Bool
    /// How long ago it was written, in milliseconds, as the device counted: its clock may be wrong, not its count.
    package var age: Int64

    /// The longest block, in code points: a chapter is not a note.
    package static let limit = 20_000

    package init(
        id: String, base: Int, deviceId: String, sequence: Int, slotId: String?, encounterId: String?, dimensionIds: [String] = [],
        manner: Manner, speaker: String?, text: String, subgroupId: String? = nil, isOffRecord: Bool = false, place: String = "",
        isBegun: Bool = false, age: Int64 = 0
    ) {
        self.id = id
        self.base = base
        self.deviceId = Self.device(deviceId)
        self.sequence = sequence
        self.slotId = slotId
        self.encounterId = encounterId
        self.dimensionIds = Set(dimensionIds).sorted()
        self.subgroupId = subgroupId
        self.manner = manner
        self.speaker = speaker
        self.text = CleanText.normalize(text)
        self.isOffRecord = isOffRecord
        self.place = String(CleanText.line(place).prefix(200))
        self.isBegun = isBegun
        self.age = min(max(0, age), Self.oldest)
    }

    /// The name of a device as it is kept.
    static func device(_ name: String) -> String { String(CleanText.line(name).prefix(64)) }

    /// Older than sixty days, an age is no age.
    private static let oldest: Int64 = 60 * 86_400_000

    /// The same for the same content, whatever its device and its moment.
    package var fingerprint: String {
        let content = [text, manner.rawValue, speaker ?? "", slotId ?? "", encounterId ?? "", dimensionIds.joined(separator: ",")]
        // Said only where they say something: what was sent before they existed keeps its fingerprint.
        let more = (isOffRecord ? ["off record"] : []) + (place.isEmpty ? [] : ["at \(place)"]) + (subgroupId.map { ["with \($0)"] } ?? [])
        return Secrets.sha256((content + more).joined(separator: "\u{1F}"))
    }

    /// - Throws: `Refused` when there is nothing, or too much.
    package func check() throws {
        guard Identifier.isName(id) else { throw Refused("notes.refusal.identifier") }
        guard text.contains(where: { !$0.isWhitespace }) else { throw Refused("notes.refusal.empty", field: "text") }
        let count = CodePoints.count(text)
        guard count <= Self.limit else {
            throw Refused("notes.refusal.tooLong", ["count": count, "limit": Self.limit], field: "text")
        }
    }
}
