import Community
import Platform

/// A licence that a publication can have: its name for people, the address of its text.
struct License: Sendable, Equatable {
    /// By its SPDX name: `CC-BY-SA-4.0`.
    let id: String

    static let choices = ProgrammeFile.Licence.allCases.map { License(id: $0.rawValue) }

    func name(in words: Words) -> String {
        words.has("community.licence.\(id)") ? words("community.licence.\(id)") : id
    }

    /// The text of the licence, in the language of the reader when there is one; nil when the licence is not known here.
    func address(in words: Words) -> String? {
        let language = words.language == .french ? "fr" : "en"
        return switch ProgrammeFile.Licence(rawValue: id) {
        case .attributionShareAlike: "https://creativecommons.org/licenses/by-sa/4.0/deed.\(language)"
        case .attribution: "https://creativecommons.org/licenses/by/4.0/deed.\(language)"
        case .publicDomain: "https://creativecommons.org/publicdomain/zero/1.0/deed.\(language)"
        case .openDatabase: "https://opendatacommons.org/licenses/odbl/1-0/"
        case .openLicence: "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
        case nil: nil
        }
    }
}
