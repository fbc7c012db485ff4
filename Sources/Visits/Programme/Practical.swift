import Database
import Formats
import Platform

/// What visitors need to come: where to meet, how to come, where to sleep and eat, whom to call. Read by the people of the visit.
struct Practical: Sendable, Equatable, Decodable {
    var meetingPoint = ""
    var travel = ""
    var lodging = ""
    var meals = ""
    var contact = ""

    static let fields = ["meeting_point", "travel", "lodging", "meals", "contact"]

    var values: [(field: String, text: String)] {
        [("meeting_point", meetingPoint), ("travel", travel), ("lodging", lodging), ("meals", meals), ("contact", contact)]
    }

    init(_ form: Fields) {
        (meetingPoint, travel, lodging) = (form.text("meeting_point"), form.text("travel"), form.text("lodging"))
        (meals, contact) = (form.text("meals"), form.text("contact"))
    }

    static func of(_ visitId: String, _ reader: any Reader) throws -> Practical {
        try reader.first(
            Practical.self, "SELECT meeting_point, travel, lodging, meals, contact FROM visit_practical WHERE visit_id = \(visitId)")
            ?? Practical(Fields())
    }

    func save(_ visitId: String, in change: Change) throws {
        try change.run(
            """
            INSERT INTO visit_practical (visit_id, meeting_point, travel, lodging, meals, contact)
            VALUES (\(visitId), \(meetingPoint), \(travel), \(lodging), \(meals), \(contact))
            ON CONFLICT (visit_id) DO UPDATE SET meeting_point = excluded.meeting_point, travel = excluded.travel,
                lodging = excluded.lodging, meals = excluded.meals, contact = excluded.contact
            """)
    }
}

/// The page where the practical side of a visit is written.
enum PracticalPage {
    static func show(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let known = try await request.site.database.read { try Practical.of(open.visit.id, $0) }
        return .page(page(request, open.visit, values: values(known), base: FormBase(values(known))))
    }

    static func save(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let (visit, form) = (open.visit, request.form)
        return try await request.attempt {
            try await request.site.amend(as: "visit.practicalWritten", by: request.actor, isPublic: false) { change in
                try change.require(.manageVisit, on: visit.id)
                try FormBase(values(Practical.of(visit.id, change))).check(form)
                try Practical(form).save(visit.id, in: change)
                try change.trace("visit", visit.id, programme: visit.programmeId)
            }
            return .redirect(Done.path("\(visit.path)/programme", .practical))
        } otherwise: { problems in
            let now = try await request.site.database.read { values(try Practical.of(visit.id, $0)) }
            return page(request, visit, values: form, base: FormBase(now), problems: problems)
        }
    }

    private static func values(_ practical: Practical) -> Fields { Fields(practical.values.map { ($0.field, $0.text) }) }

    private static func page(_ request: Request, _ visit: Visit, values: Fields, base: FormBase, problems: [Problem] = []) -> Page {
        let words = request.words
        let form = FormView(request, values: values, problems: problems)
        let title = words("visits.practical.title", ["visit": visit.name])
        let fields = Practical.fields.map { form.area($0, words("visits.practical.\($0)"), hint: words("visits.practical.hint.\($0)"), rows: 3) }
        return visit.page(
            title, request,
            """
            <h1>\(title)</h1><p class="lede">\(words("visits.practical.lede"))</p>
            \(form.form(
                to: "\(visit.path)/pratique", button: words("visits.practical.save"), keep: "visit-\(visit.id)-practical", cancel: "\(visit.path)/programme",
                base.field(form) + fields.joined()))
            """)
    }
}
