/// What the servers of one database say to each other, so that a page open on one is told what was done on another.
enum LiveMessage: Equatable {
    case topics(Set<String>)
    case present(Present)
    /// More happened than can be said.
    case everything

    /// PostgreSQL carries 8,000 bytes at most.
    private static let most = 7_000

    var text: String {
        switch self {
        case .everything: return "*"
        case .present(let present): return "p\(present.message)"
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
        case .everything: ringAll()
        case nil: break
        }
    }
}
