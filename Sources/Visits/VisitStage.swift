import Database

/// How far a visit has come, from the idea to the public synthesis.
package enum VisitStage: String, Sendable, Codable, CaseIterable, Comparable, SQLConvertible {
    /// Thought of, without dates.
    case candidate
    /// It has dates.
    case planned
    /// It has a visiting group and a focus as well.
    case prepared
    /// It took place.
    case held
    /// Its synthesis is written.
    case writtenUp = "written_up"
    /// The synthesis is found right by those asked.
    case validated
    /// It is in the commons.
    case published

    package static func < (left: VisitStage, right: VisitStage) -> Bool {
        allCases.firstIndex(of: left)! < allCases.firstIndex(of: right)!
    }
}
