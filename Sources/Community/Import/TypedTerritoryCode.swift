import Formats

extension ProgrammeFile.TerritoryCode {
    /// The official code that somebody typed: `14118`, `200065597`, « dep 14 », « reg 28 »; nil when it is none.
    package static func typed(_ text: String) -> ProgrammeFile.TerritoryCode? {
        let words = French.fold(text).split { $0.isWhitespace || $0 == ":" }
        var code = ProgrammeFile.TerritoryCode()
        switch (words.count, words.first) {
        case (2, "dep"), (2, "departement"): code.kind = .department
        case (2, "reg"), (2, "region"): code.kind = .region
        case (2, "commune"): code.kind = .commune
        case (2, "epci"): code.kind = .intermunicipality
        case (1, let only?): code.kind = only.utf8.count == 9 ? .intermunicipality : .commune
        default: return nil
        }
        code.code = words[words.count - 1].uppercased()
        return code.isWellFormed ? code : nil
    }
}
