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
        people = form.all("people")
        other = form.optional("other_email").map { (form.line("other_name"), $0) }
        if people.isEmpty, other == nil { refusals.append(Refused("events.refusal.pollNobody", field: "people")) }
        guard refusals.isEmpty else { throw Refusals(refusals) }
    }
}
