import Database
import Formats
import Synchronization
import TestSupport

@testable import Platform

/// A network of the tests: it answers what it is told to, and keeps what it was given.
final class FakeCarrier: MailCarrier {
    private let state = Mutex((answers: [Delivery](), letters: [Letter]()))

    func answer(_ answers: Delivery...) { state.withLock { $0.answers = answers } }

    var letters: [Letter] { state.withLock { $0.letters } }
    var count: Int { letters.count }

    func carry(_ letter: Letter) async -> Delivery {
        await Task.yield()
        return state.withLock { state in
            state.letters.append(letter)
            return state.answers.isEmpty ? .sent(answer: "250 ok") : state.answers.count == 1 ? state.answers[0] : state.answers.removeFirst()
        }
    }

    func rest() async {}
    func stop() {}
}

extension MailServer {
    static let test = MailServer(host: "mx.exemple.org", sender: "site@exemple.org", returns: "retours+*@exemple.org")
}

extension TestSite {
    func postman(_ carrier: FakeCarrier) -> Postman { Postman(site, .test, by: carrier) }

    /// Puts mails in the outbox, and answers the identifier of the last.
    @discardableResult func write(
        _ count: Int = 1, to address: String = "ana@essai.example", usefulUntil: Duration? = nil
    ) async throws -> String {
        let ana = cast[.ana]
        return try await site.amend(as: "test.mail", by: .site) { change in
            for number in 1...count {
                try change.send(
                    Mail(
                        to: ana, at: address, subject: "Sujet \(number)", text: "SECRET-DU-TEXTE https://exemple.org/lien/abc",
                        usefulUntil: usefulUntil.map { change.now + $0 }))
            }
            try change.trace("person", ana)
            return try change.text("SELECT MAX(id) FROM mail") ?? ""
        }
    }

    func count(_ statement: SQL) async throws -> Int { try await site.database.read { try $0.count(statement) } }

    func mail(_ id: String) async throws -> OutboxEntry { try await site.database.read { try OutboxEntry.load(id, $0) } }
}
