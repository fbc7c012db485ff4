/// What a person may do. Each has its line in the policy table.
public enum Action: String, Sendable, CaseIterable {
    case see
    case seeSite
    case startProgramme
    case manageProgramme
    case managePeople
    case manageVisit
    case keepAttendance
    case writeSheet
    case sendSheet
    case writeNote
    case shareNote
    case writeSynthesis
    case citeNote
    case recordConsent
    case askValidation
    case answerValidation
    case recordAnswer
    case answerAdvice
    case seeCosts
    case manageCosts
    case claimCosts
    case arbitrate
    case publish
    case seeHistory
    case writeGrid
    case commentGrid
    case adaptGrid
    case approveGrid
    case administerSite
}
