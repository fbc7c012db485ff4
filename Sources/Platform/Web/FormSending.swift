import Database
import Formats
import Synchronization

/// One form sent by one person: the same words sent again from the same page (a second click, a reload) count once.
public struct FormSending: Sendable, Equatable {
    /// What was sent, by whom, from which page; nothing of it can be read back.
    let key: String
    /// This sending among those of the same key.
    let nonce: String

    /// Nil for what a script sends, and for forms that bear no mark of their page (shown to nobody in particular).
    init?(_ request: Request) {
        guard request.method == .post, request.header("x-csrf-token") == nil else { return nil }
        let form = request.form
        guard let token = form["csrf"], FormToken.mark(of: token) != nil else { return nil }
        let files = form.files.sorted { $0.key < $1.key }.flatMap { name, files in
            files.map { (name, Secrets.sha256($0.bytes)) }
        }
        let sent = (form.pairs + files).map { "\($0.utf8.count) \($0)=\($1.utf8.count) \($1)" }
        key = Secrets.sha256("\(request.path)\n\(sent.joined(separator: "\n"))")
        nonce = Secrets.token()
    }

    /// Takes the sending, in the transaction of what it changes.
    /// - Throws: `AlreadySent` when another one did.
    func take(_ change: Change) throws {
        try change.run("DELETE FROM form_sending WHERE sent_at < \(change.now + .hours(-24))")
        let taken = try change.run(
            """
            INSERT INTO form_sending (key, nonce, sent_at) VALUES (\(key), \(nonce), \(change.now))
            ON CONFLICT (key) DO NOTHING
            """)
        guard taken == 0 else { return }
        let first = try change.text("SELECT nonce FROM form_sending WHERE key = \(key)")
        guard first == nonce else { throw AlreadySent(sending: self) }
    }
}

/// The form was sent before: what it asks for is done.
struct AlreadySent: Error {
    let sending: FormSending
}

/// Where the last forms led, to lead there again who sends one twice.
final class SentForms: Sendable {
    private let locations = Mutex<[String: String]>([:])

    func led(_ sending: FormSending, to location: String) {
        locations.withLock { locations in
            if locations.count > 5_000 { locations = [:] }
            locations[sending.key] = location
        }
    }

    func location(_ sending: FormSending) -> String? { locations.withLock { $0[sending.key] } }
}
