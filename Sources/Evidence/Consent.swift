import Database
import Formats
import Platform

/// The answer of the person quoted, about one excerpt, for one purpose. Silence is never consent.
public struct Consent: Sendable, Codable, Equatable {
    public enum Channel: String, Sendable, Codable, CaseIterable, SQLConvertible {
        case oral, paper, mail
    }

    /// To be quoted; to be named.
    public enum Purpose: String, Sendable, Codable, CaseIterable, SQLConvertible {
        case quote, name
    }

    public var id: String
    public var excerptId: String
    public var isGiven: Bool
    public var askedHow: Channel
    public var collectedBy: String?
    public var collectedOn: Day
    public var purpose: Purpose
    public var shownHash: String
    public var proof: String
    public var proofFileId: String?
    public var recordedAt: Instant
    public var withdrawnAt: Instant?
    /// The withdrawal that this yes undid.
    public var undidWithdrawalAt: Instant?
    /// When it was said to be a mistake, and why.
    public var cancelledAt: Instant?
    public var cancelledReason: String?

    /// Neither taken back by the person, nor entered by mistake.
    public var holds: Bool { withdrawnAt == nil && cancelledAt == nil }
}
