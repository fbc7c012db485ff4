/// What the servers of one database say to each other, so that a page open on one is told what was done on another.
enum LiveMessage: Equatable {
    case topics(Set<String>)
    case present(Present)
    /// Somebody has done with a place.
    case gone(String, LivePlace)
    /// More happened than can be said.
    case everything

    /// PostgreSQL carries 8,000 bytes at most.
    private static let most = 7_000

    var text: String {
        switch self {
        case .everything: return "*"
        case .present(let present): return "p\(present.message)"
        case .gone(let person, let place): return "g\(person) \(place.topic) \(place.name)"
        case .topics(let topics):
            let text = "t\(topics.sorted().joined(separator: " "))"
            return text.utf8.count > Self.most ? LiveMessage.everything.text : text
        }
    }

    init?(_ text: String) {
        switch text.first {
        case "*": self = .everything
        case "t": self = .topics(Set(text.dropFirst().split(separator: " ").map(String.init)))
        case "p":
            guard let present = Present(message: String(text.dropFirst())) else { return nil }
            self = .present(present)
        case "g":
            let parts = text.dropFirst().split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 3 else { return nil }
            self = .gone(parts[0], LivePlace(parts[1], parts[2]))
        default: return nil
        }
    }
}

extension LiveRoom {
    /// What another server said.
    func hear(_ text: String) {
        switch LiveMessage(text) {
        case .topics(let topics): ring(topics)
        case .present(let present): note(present)
        case .gone(let person, let place): clear(person, at: place)
        case .everything: ringAll()
        case nil: break
        }
    }
}
