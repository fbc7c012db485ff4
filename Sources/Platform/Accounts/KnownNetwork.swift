import Database
import Formats

/// The networks an account came in from in the last three months, as hashes. There, the tries that others make elsewhere do not slow
/// its owner down.
enum KnownNetwork {
    private static let kept = Duration.days(90)

    static func has(_ email: String, _ request: Request, _ reader: any Reader) throws -> Bool {
        try reader.exists(
            "SELECT 1 FROM known_network WHERE network_hash = \(hash(email, request)) AND seen_at > \(request.now - kept)")
    }

    static func note(_ personId: String, _ request: Request, in change: Change) throws {
        try change.run("DELETE FROM known_network WHERE seen_at <= \(change.now - kept)")
        guard let email = try change.text("SELECT email FROM person WHERE id = \(personId)") else { return }
        try change.run(
            """
            INSERT INTO known_network (network_hash, person_id, seen_at) VALUES (\(hash(email, request)), \(personId), \(change.now))
            ON CONFLICT (network_hash) DO UPDATE SET person_id = excluded.person_id, seen_at = excluded.seen_at
            """)
    }

    private static func hash(_ email: String, _ request: Request) -> String {
        Secrets.mac("network|\(People.emailKey(email))|\(Tries.network(of: request.remoteAddress))", key: request.site.formKey)
    }
}
