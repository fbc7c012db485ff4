import Formats
import Platform

/// A programme that begins with one visit: a name, a place, a first day. The rest is proposed, and can be changed.
struct ProgrammeBeginning: Sendable, Equatable {
    let name: String
    let place: String
    let firstDay: Day?
    let audience: Audience

    /// Reads the three fields; the day may be left for later.
    /// - Throws: `Refusals`, one for each field.
    init(_ form: Fields) throws {
        var refusals: [any Refusal] = []
        name = form.line("name")
        place = form.line("place")
        audience = ProgrammeAudience.read(form) ?? .community
        if name.isEmpty { refusals.append(Refused("community.start.nameMissing", field: "name")) }
        if name.unicodeScalars.count > 200 { refusals.append(Refused("community.start.nameTooLong", field: "name")) }
        if place.isEmpty { refusals.append(Refused("community.start.placeMissing", field: "place")) }
        if place.unicodeScalars.count > 200 { refusals.append(Refused("community.start.placeTooLong", field: "place")) }
        var day: Day?
        do { day = try DayEntry.read(form, "first_day") } catch { refusals.append(error) }
        firstDay = day
        guard refusals.isEmpty else { throw Refusals(refusals) }
    }

    /// The programme as a file: the five dimensions, the default rule, one visit of two days.
    func file(slug: String, _ words: Words) -> ProgrammeFile {
        var file = ProgrammeFile()
        file.title = name
        file.slug = slug
        file.language = words.language == .french ? .french : .english
        var grid = ProgrammeFile.Grid()
        grid.title = words("community.start.grid")
        grid.dimensions = ["accompagnement", "innovation", "cooperation", "participation", "transition"].map { key in
            var dimension = ProgrammeFile.Dimension()
            dimension.id = key
            dimension.title = words("community.start.dimension.\(key)")
            dimension.questions = [1, 2].map { number in
                var question = ProgrammeFile.Question()
                question.id = "\(key)-\(number)"
                question.text = words("community.start.question.\(key).\(number)")
                return question
            }
            return dimension
        }
        file.grid = grid
        var visit = ProgrammeFile.Visit()
        visit.id = visitSlug
        visit.title = name
        visit.place = place
        file.visits = [visit]
        return file
    }

    /// The last part of the visit's address.
    var visitSlug: String {
        let slug = French.slug(place)
        return slug.isEmpty || ["nouvelle", "export"].contains(slug) ? "visite" : slug
    }
}
