import Database
import Platform

/// Whether somebody may write what all the others read of a person, function and organisation: that person, and whoever manages
/// every programme where they are. A profile belongs to the site: one programme does not write it for another.
package enum ProfileRight {
    package static func isOpen(_ personId: String, to viewer: Viewer, _ reader: any Reader) throws -> Bool {
        if viewer.personId == personId { return true }
        let programmes = try reader.texts(
            "SELECT DISTINCT programme_id FROM membership JOIN scope ON scope.id = scope_id WHERE person_id = \(personId) AND until IS NULL")
        return programmes.allSatisfy { !viewer.roles(in: $0).isDisjoint(with: [.officer, .coordinator]) }
    }
}
