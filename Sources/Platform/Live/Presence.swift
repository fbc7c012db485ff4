import Formats

/// Somebody at work in a place that others have open too: who, where, whether they write; never what.
public struct Present: Sendable, Equatable {
    public enum Doing: String, Sendable {
        case open, writing
    }

    public let person: String
    public let name: String
    public let place: LivePlace
    public let doing: Doing
    let until: Instant

    init(person: String, name: String, place: LivePlace, doing: Doing, until: Instant) {
        (self.person, self.name, self.place, self.doing, self.until) = (person, name, place, doing, until)
    }

    /// As the servers of one database say it to each other.
    var message: String {
        CanonicalJSON.encode(
            .object([
                "person": .string(person), "name": .string(name), "topic": .string(place.topic), "place": .string(place.name),
                "doing": .string(doing.rawValue), "until": .int(until.milliseconds),
            ]))
    }

    init?(message: String) {
        guard let value = try? JSONValue.parse(Array(message.utf8)), let person = value["person"]?.string,
            let name = value["name"]?.string, let topic = value["topic"]?.string, let place = value["place"]?.string,
            let doing = value["doing"]?.string.flatMap(Doing.init), let until = value["until"]?.int
        else { return nil }
        self.init(person: person, name: name, place: LivePlace(topic, place), doing: doing, until: Instant(milliseconds: Int64(until)))
    }
}

/// Who gave a sign where, and until when it holds.
struct Presence: Sendable {
    private var signs: [String: [Key: Present]] = [:]

    private struct Key: Hashable {
        let person: String
        let place: String
        let doing: Present.Doing
    }

    /// - Returns: the topics where the others see something else than before.
    mutating func note(_ present: Present) -> Set<String> {
        let topic = present.place.topic
        let key = Key(person: present.person, place: present.place.name, doing: present.doing)
        let before = signs[topic]?[key]
        signs[topic, default: [:]][key] = present
        return before == nil ? [topic] : []
    }

    mutating func remove(_ person: String, at place: LivePlace) -> Set<String> {
        let found = signs[place.topic]?.filter { $0.key.person == person && $0.key.place == place.name } ?? [:]
        for key in found.keys { signs[place.topic]?[key] = nil }
        if signs[place.topic]?.isEmpty == true { signs[place.topic] = nil }
        return found.isEmpty ? [] : [place.topic]
    }

    mutating func forget(at now: Instant) -> Set<String> {
        var changed: Set<String> = []
        for (topic, present) in signs {
            let kept = present.filter { $0.value.until > now }
            guard kept.count < present.count else { continue }
            signs[topic] = kept.isEmpty ? nil : kept
            changed.insert(topic)
        }
        return changed
    }

    /// Once for each person and place, writing before having it open; in the order of their names.
    func people(_ topic: String, at now: Instant) -> [Present] {
        let held = (signs[topic] ?? [:]).values.filter { $0.until > now }
        let byPlace = Dictionary(grouping: held) { [$0.person, $0.place.name] }
        return byPlace.values.compactMap { signs in signs.first { $0.doing == .writing } ?? signs.first }
            .sorted { ($0.name, $0.person, $0.place.name) < ($1.name, $1.person, $1.place.name) }
    }
}
