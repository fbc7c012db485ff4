import Database
import Formats

/// Something that gathers people at a time and a place: a learning visit, a seminar, a committee.
package struct Event: Sendable, Codable, Equatable {
    package var id: String
    package var programmeId: String
    package var kind: Kind
    package var title: String
    package var place: String
    package var mode: Mode
    /// The zone in which its half-days are counted: `Europe/Paris`.
    package var zone: String
    /// The period as the programme file says it (« entre les visites »), while there is no date.
    package var periodWritten: String
    package var position: Int
    package var state: State

    /// Whether it takes place: not sure while no structure receives a visit.
    package enum State: String, Sendable, Codable, SQLConvertible {
        case tentative, confirmed, cancelled
    }

    package enum Kind: String, Sendable, Codable, CaseIterable, SQLConvertible {
        case visit, seminar, committee, restitution
    }

    package enum Mode: String, Sendable, Codable, CaseIterable, SQLConvertible {
        case onSite = "on_site"
        case remote, hybrid
    }

    package init(
        id: String, programmeId: String, kind: Kind, title: String, place: String = "", mode: Mode = .onSite,
        zone: String = "Europe/Paris", periodWritten: String = "", position: Int = 0, state: State = .confirmed
    ) {
        self.id = id
        self.programmeId = programmeId
        self.kind = kind
        self.title = title
        self.place = place
        self.mode = mode
        self.zone = zone
        self.periodWritten = periodWritten
        self.position = position
        self.state = state
    }
}
