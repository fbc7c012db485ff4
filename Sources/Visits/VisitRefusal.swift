import Formats
import Platform

/// Why a change to a visit is refused.
package enum VisitRefusal: Refusal, Equatable {
    case nameMissing
    case slugInvalid
    case slugTaken(String)
    case noHalfDay
    case tooLong
    case alreadyHeld
    /// Its synthesis was written before its days: they do not move any more.
    case written(VisitStage)
    case noDates
    case notYet(Day)
    case titleMissing
    case visitsAlready(String)
    case hostsAlready(String)
    case worksAtTheHost(String)
    case notAtTheHost
    case nobodyToInvite
    case noReason
    case notHeld
    case writtenAlready
    case cancelled
    case unknownChoice(field: String)

    package var key: String {
        switch self {
        case .nameMissing: "visits.refusal.nameMissing"
        case .slugInvalid: "visits.refusal.slugInvalid"
        case .slugTaken: "visits.refusal.slugTaken"
        case .noHalfDay: "visits.refusal.noHalfDay"
        case .tooLong: "visits.refusal.tooLong"
        case .alreadyHeld: "visits.refusal.alreadyHeld"
        case .written(let stage): stage == .published ? "visits.refusal.published" : "visits.refusal.written"
        case .noDates: "visits.refusal.noDates"
        case .notYet: "visits.refusal.notYet"
        case .titleMissing: "visits.refusal.titleMissing"
        case .visitsAlready: "visits.refusal.visitsAlready"
        case .hostsAlready: "visits.refusal.hostsAlready"
        case .worksAtTheHost: "visits.refusal.worksAtTheHost"
        case .notAtTheHost: "visits.refusal.notAtTheHost"
        case .nobodyToInvite: "visits.refusal.nobodyToInvite"
        case .noReason: "visits.refusal.noReason"
        case .notHeld: "visits.refusal.notHeld"
        case .writtenAlready: "visits.refusal.writtenAlready"
        case .cancelled: "visits.refusal.cancelled"
        case .unknownChoice: "visits.refusal.unknownChoice"
        }
    }

    package var arguments: [String: any WordArgument] {
        switch self {
        case .slugTaken(let slug): ["slug": slug]
        case .notYet(let day): ["day": day]
        case .visitsAlready(let name), .hostsAlready(let name), .worksAtTheHost(let name): ["name": name]
        default: [:]
        }
    }

    package var field: String? {
        switch self {
        case .nameMissing: "name"
        case .slugInvalid, .slugTaken: "slug"
        case .noHalfDay, .tooLong: "length"
        case .titleMissing: "title"
        case .hostsAlready, .worksAtTheHost: "visitors"
        case .notAtTheHost: "signatory"
        case .noReason: "cancellation"
        case .unknownChoice(let field): field
        case .alreadyHeld, .written, .noDates, .notYet, .visitsAlready, .nobodyToInvite, .notHeld, .writtenAlready, .cancelled: nil
        }
    }
}
