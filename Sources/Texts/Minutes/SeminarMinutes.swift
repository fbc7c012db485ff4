import Database
import Events
import Formats
import Platform

/// The minutes of a seminar on its page: where they stand, or the button that opens them once it has begun.
enum SeminarMinutes {
    static let panel = Panel(on: "seminar", rank: 10) { eventId, request in
        let (event, slots, thing, shown) = try await request.site.database.read { reader in
            (
                try EventQueries.event(eventId, reader), try Slots.of(eventId, reader), try reader.protection(of: eventId),
                try VisitTexts.load(.minutes, eventId, reader, request)
            )
        }
        let words = request.words
        let title: Markup = "<h2>\(words.name("texts.kind", of: TextKind.minutes))</h2>"
        if let shown { return "<section id=\"compte-rendu\">\(title)<ul class=\"entries\">\(VisitTexts.line(shown, words))</ul></section>" }
        guard let thing, request.site.policy.allows(.writeSynthesis, request.viewer, on: thing), event.state != .cancelled,
            let first = slots.first?.day, first <= request.now.day(in: event.zone)
        else { return .empty }
        let path = try await request.site.database.read { reader in
            try reader.text("SELECT '/programmes/' || slug || '/seminaires/' FROM programme WHERE id = \(event.programmeId)") ?? ""
        }
        return """
            <section id="compte-rendu">\(title)<p>\(words("texts.panel.what.minutes.seminar"))</p>\(request.act("\(path)\(event.id)/compte-rendu", words("texts.panel.open.minutes")))</section>
            """
    }
}
