import Platform

/// Events belong to everybody; their titles may name somebody.
enum EventsPersonalData {
    static let data: PersonalData = {
        var data = PersonalData()
        data.apart = ["event": "a title, a place, dates", "slot": "a half-day", "encounter": "a meeting, with the kind of people met"]
        data.mentions = [Mention("event", "title"), Mention("event", "place"), Mention("encounter", "title"), Mention("encounter", "place")]
        return data
    }()
}
