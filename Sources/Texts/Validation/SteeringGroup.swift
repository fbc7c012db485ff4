import Community
import Database
import Formats
import Platform
import Visits

/// Those of a programme who decide about objections and silent hosts; a programme may have nobody in it yet.
enum SteeringGroup {
    static func hasMembers(_ programmeId: String, _ reader: any Reader) throws -> Bool {
        try reader.people(in: programmeId).contains { $0.role == .committee }
    }

    /// Said in the place of the button that asks it, with the way to invite somebody.
    static func missing(_ open: OpenText, _ words: Words) -> Markup {
        """
        <p class="notice warning">\(words("texts.steering.nobody")) <a href="\(open.subject.programmePath)/communaute/inviter">\(words("texts.steering.invite"))</a></p>
        """
    }
}
