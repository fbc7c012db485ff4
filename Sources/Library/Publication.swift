import Formats
import Platform

/// A text in the commons: one revision, at a stable address, under a licence.
public struct Publication: Sendable, Codable, Equatable {
    public var id: String
    public var programmeId: String
    public var textId: String
    public var revisionId: String
    public var requestId: String?
    public var slug: String
    public var title: String
    public var lede: String
    /// The kind of its text: `synthesis`, `public_version`.
    public var kind: String
    /// By its SPDX name.
    public var license: String
    private var authors: String
    public var territoryId: String
    /// « Ne pas publier avant ».
    public var notBefore: Day?
    /// 1 for the first, one more each time another revision takes its place.
    public var version: Int
    public var publishedBy: String?
    public var publishedAt: Instant
    public var updatedAt: Instant
    /// When anybody could read it for the first time; nil while it is scheduled.
    public var openedAt: Instant?
    public var unpublishedAt: Instant?
    public var unpublishedReason: String

    /// `/ressources/{slug}`, for ever.
    public var path: String { "/ressources/\(slug)" }
    /// As they wish to be named.
    public var authorNames: [String] { authors.split(separator: "\n").map(String.init) }

    public enum State: String, Sendable {
        case scheduled, open, withdrawn
    }

    public var state: State { unpublishedAt != nil ? .withdrawn : openedAt == nil ? .scheduled : .open }

    /// The day it may open, compared with the day of the site; nothing opens before.
    public func isDue(on today: Day) -> Bool { state == .scheduled && notBefore.map { $0 <= today } ?? true }
}
