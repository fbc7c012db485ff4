import Formats
import Platform

/// Why an act around a publication is refused.
enum PublicationRefusal: Refusal, Equatable {
    case neverAsked
    case tooEarly(Day)
    case hostAnswered
    case nobodySigns
    case notReminded
    case noReason(field: String)
    case slugInvalid
    case slugTaken(String)
    case territoryUnknown
    case licenseUnknown
    case tooLong(field: String, limit: Int)
    case notPublished
    case notDue(Day)
    case unexplained([String])

    var key: String {
        switch self {
        case .neverAsked: "library.refusal.neverAsked"
        case .tooEarly: "library.refusal.tooEarly"
        case .hostAnswered: "library.refusal.hostAnswered"
        case .nobodySigns: "library.refusal.nobodySigns"
        case .notReminded: "library.refusal.notReminded"
        case .noReason: "library.refusal.noReason"
        case .slugInvalid: "library.refusal.slugInvalid"
        case .slugTaken: "library.refusal.slugTaken"
        case .territoryUnknown: "library.refusal.territoryUnknown"
        case .licenseUnknown: "library.refusal.licenseUnknown"
        case .tooLong: "library.refusal.tooLong"
        case .notPublished: "library.refusal.notPublished"
        case .notDue: "library.refusal.notDue"
        case .unexplained: "library.refusal.unexplained"
        }
    }

    var arguments: [String: any WordArgument] {
        switch self {
        case .tooEarly(let day), .notDue(let day): ["day": day]
        case .slugTaken(let slug): ["slug": slug]
        case .tooLong(_, let limit): ["n": limit]
        case .unexplained(let names): ["n": names.count]
        default: [:]
        }
    }

    var field: String? {
        switch self {
        case .slugInvalid, .slugTaken: "slug"
        case .territoryUnknown: "territory"
        case .licenseUnknown: "license"
        case .unexplained: "unexplained"
        case .tooLong(let field, _), .noReason(let field): field
        case .neverAsked, .tooEarly, .hostAnswered, .nobodySigns, .notReminded, .notPublished, .notDue: nil
        }
    }
}
