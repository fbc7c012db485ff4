import Foundation
import Glibc

extension Failure {
    /// A place that cannot be read: it is not there, or this account is kept out of it, and what is behind is then unknown.
    /// - Parameter otherwise: what is said of a place that is not there.
    static func unread(_ path: String, otherwise: String) -> Failure {
        guard access(path, R_OK) != 0, errno == EACCES else { return Failure(otherwise, code: 66) }
        return Failure(
            """
            Le compte « \(NSUserName()) » n'a pas le droit de lire « \(path) » : lancez la commande avec sudo (« sudo essaim-site … » pour le site \
            du paquet Debian), ou mettez le fichier où ce compte peut le lire.
            """, code: 77)
    }
}
