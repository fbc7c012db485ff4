import Formats
import Platform

/// What was typed to ask for dates.
struct PollForm {
    static let rows = 1...5
    /// How many people may be asked besides those who are known.
    static let others = 1...5

    /// The fields of somebody who is asked besides.
    static func name(_ row: Int) -> String { row == 1 ? "other_name" : "other_name_\(row)" }
    static func email(_ row: Int) -> String { row == 1 ? "other_email" : "other_email_\(row)" }

    let options: [HalfDay]
    let halfDays: Int
    let message: String
    let answerBy: Day?
    let people: [String]
    /// Those who are asked besides, without account, each with the row that they were typed in.
    let others: [(row: Int, name: String, email: String)]

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
        others = Self.others.map { (row: $0, name: form.line(Self.name($0)), email: form.line(Self.email($0))) }.filter { !$0.name.isEmpty || !$0.email.isEmpty }
        for other in others {
            if other.email.isEmpty { refusals.append(Refused("events.refusal.pollOtherEmail", ["name": other.name], field: Self.email(other.row))) }
            if other.name.isEmpty { refusals.append(Refused("events.refusal.pollOtherName", field: Self.name(other.row))) }
        }
        if people.isEmpty, others.isEmpty { refusals.append(Refused("events.refusal.pollNobody", field: "people")) }
        guard refusals.isEmpty else { throw Refusals(refusals) }
    }

    /// Those who are asked besides, known from now on; what is wrong with them is said at their fields.
    func addOthers(in change: Change) throws -> [String] {
        try others.map { other in
            do {
                return try People.add(name: other.name, email: other.email, in: change)
            } catch let refusal as PersonRefusal {
                throw Refused(refusal.key, refusal.arguments, field: refusal.field == "name" ? Self.name(other.row) : Self.email(other.row))
            }
        }
    }
}
