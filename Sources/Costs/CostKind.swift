import Database

/// What a cost is for, as the dossier counts them.
enum CostKind: String, Sendable, CaseIterable, Codable, SQLConvertible {
    case travel, lodging, meals
}
