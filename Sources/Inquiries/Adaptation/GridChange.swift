import Database
import Formats
import Grids
import Platform

/// One thing that a visit changes in the common grid, for itself: a question added, said otherwise, passed over, moved. The
/// question of the core stays what it is.
package struct GridChange: Sendable, Equatable, Decodable {
    package enum Kind: String, Sendable, Codable, CaseIterable, SQLConvertible {
        case add, reword, skip, move
    }

    package enum Outcome: String, Sendable, Codable, SQLConvertible {
        case approved, refused, withdrawn
    }

    package var id: String
    package var kind: Kind
    /// The question of the core, or one added before; nil for a question that is added.
    package var questionId: String?
    package var dimensionId: String
    package var text: String
    package var probes: String
    package var place: Int?
    package var reason: String
    package var proposedBy: String?
    package var proposer: String?
    package var proposedAt: Instant
    package var outcome: Outcome?
    package var decision: String
    package var decider: String?
    package var decidedAt: Instant?

    package var probeLines: [String] { probes.split(separator: "\n").map(String.init) }
    package var isWaiting: Bool { outcome == nil }

    static let reasonLimit = 1_000
}

/// What somebody proposes for a visit, as the form says it.
struct ProposedChange: Sendable, Equatable {
    var kind: GridChange.Kind
    var questionId: String?
    var dimensionId: String
    var text = ""
    var probes: [String] = []
    var place: Int?
    var reason = ""

    /// Reads the form against the grid of the visit as it is now: what names no question of it is refused, whatever the page
    /// that sent it.
    /// - Throws: `Refusals`, `Refused`
    static func read(_ form: Fields, on grid: VisitGrid) throws -> ProposedChange {
        guard let kind = GridChange.Kind(rawValue: form.line("kind")) else { throw Refused("inquiries.refusal.kind") }
        let reason = form.text("reason")
        guard CodePoints.count(reason) <= GridChange.reasonLimit else {
            throw Refused("grids.refusal.tooLong", ["n": GridChange.reasonLimit], field: "reason")
        }
        guard kind != .add else {
            guard let part = grid.parts.first(where: { $0.id == form.line("dimension") }) else {
                throw Refused("grids.refusal.noDimension", field: "dimension")
            }
            let (text, probes) = try GridLimits.question(form)
            guard !grid.items.contains(where: { French.fold($0.text) == French.fold(text) }) else { throw Refused("inquiries.refusal.twin", field: "text") }
            return ProposedChange(kind: kind, dimensionId: part.id, text: text, probes: probes, reason: reason)
        }
        guard let part = grid.parts.first(where: { $0.items.contains { $0.id == form.line("question") } }),
            let index = part.items.firstIndex(where: { $0.id == form.line("question") })
        else { throw Refused("inquiries.refusal.unknownQuestion") }
        let item = part.items[index]
        guard item.origin != .added else { throw Refused("inquiries.refusal.addedOne") }
        var change = ProposedChange(kind: kind, questionId: item.id, dimensionId: part.id, reason: reason)
        switch kind {
        case .add: break
        case .reword:
            (change.text, change.probes) = try GridLimits.question(form)
            guard change.text != item.text || change.probes != item.probes else { throw Refused("inquiries.refusal.sameWords", field: "text") }
        case .skip:
            guard item.skipped == nil else { throw Refused("inquiries.refusal.skippedAlready") }
            guard reason.contains(where: { !$0.isWhitespace }) else { throw Refused("inquiries.refusal.noReason", field: "reason") }
        case .move:
            guard let place = form.integer("place"), (1...part.items.count).contains(place) else { throw Refused("inquiries.refusal.place", field: "place") }
            guard place != index + 1 else { throw Refused("inquiries.refusal.samePlace", field: "place") }
            change.place = place
        }
        return change
    }
}
