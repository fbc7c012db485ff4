import Formats
import Platform

/// What was typed to ask for dates.
struct PollForm {
    static let rows = 1...5

    let options: [HalfDay]
    let halfDays: Int
    let message: String
    let answerBy: Day?
    let people: [String]
    /// Somebody who is asked besides, without account.
    let other: (name: String, email: String)?

    /// - Throws: `Refusals` with everything that is wrong.
    init(_ form: Fields, today: Day) throws {
        var refusals: [any Refusal] = []
        var options: [HalfDay] = []
        for row in Self.rows {
            do throws(DayRefusal) {
                guard let day = try DayEntry.read(form, "day_\(row)") else { continue }
                if day < today { refusals.append(Refused("events.refusal.pollPast", ["day": day], field: "day_\(row)")) }
                options.append(HalfDay(day, HalfDay.Half(rawValue: form.line("half_\(row)")) ?? .morning))
            } catch {
                refusals.append(error)
            }
        }
        self.options = Array(Set(options)).sorted()
        if refusals.isEmpty, self.options.count < 2 { refusals.append(Refused("events.refusal.pollTwo", field: "day_2")) }
        halfDays = form.integer("half_days").flatMap { (1...14).contains($0) ? $0 : nil } ?? 4
        message = form.text("message")
        var end: Day?
        do throws(DayRefusal) { end = try DayEntry.read(form, "answer_by") } catch { refusals.append(error) }
        answerBy = end
        if let end, end < today {
            refusals.append(Refused("events.refusal.pollAnswerPast", ["day": end], field: "answer_by"))
        } else if let end, let first = options.map(\.day).min(), end > first {
            refusals.append(Refused("events.refusal.pollAnswerAfter", ["day": first], field: "answer_by"))
        }
        people = form.all("people")
        other = form.optional("other_email").map { (form.line("other_name"), $0) }
        let otherName = form.line("other_name")
        if other == nil, !otherName.isEmpty {
            refusals.append(Refused("events.refusal.pollOtherEmail", ["name": otherName], field: "other_email"))
        } else if other != nil, otherName.isEmpty {
            refusals.append(Refused("events.refusal.pollOtherName", field: "other_name"))
        } else if people.isEmpty, other == nil {
            refusals.append(Refused("events.refusal.pollNobody", field: "people"))
        }
        guard refusals.isEmpty else { throw Refusals(refusals) }
    }

    /// Whoever is asked besides, known from now on; what is wrong with them is said at their fields.
    func addOther(in change: Change) throws -> String? {
        guard let other else { return nil }
        do {
            return try People.add(name: other.name, email: other.email, in: change)
        } catch let refusal as PersonRefusal {
            throw Refused(refusal.key, refusal.arguments, field: refusal.field == "name" ? "other_name" : "other_email")
        }
    }
}
