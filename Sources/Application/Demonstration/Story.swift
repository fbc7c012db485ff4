import Formats
import Foundation
import Platform

/// The demonstration as its files tell it: who, and what happens in each visit. Every scalar is text.
struct Story: Sendable {
    let people: [Person]
    let grid: Grid
    let visits: [Visit]

    /// Reads `cast.yaml`, `grille.yaml` and the visits of `examples/demonstration`.
    init(folder: URL) throws {
        people = try Self.read(Cast.self, folder.appending(path: "cast.yaml")).people
        grid = try Self.read(Grid.self, folder.appending(path: "grille.yaml"))
        visits = try ["caen", "hauts-de-france"].map {
            try Self.read(Visit.self, folder.appending(path: "\($0).yaml"))
        }
    }

    private static func read<Value: Decodable>(_ type: Value.Type, _ file: URL) throws -> Value {
        let tree = try YAMLTree.read(String(contentsOf: file, encoding: .utf8))
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Value.self, from: Data(CanonicalJSON.encode(tree.json).utf8))
    }

    private struct Cast: Decodable { var people: [Person] }

    struct Person: Decodable, Sendable {
        var key, name, email, function, organization, hasAccount: String
        var administrator: String?
        var roles: [String]
    }

    struct Visit: Decodable, Sendable {
        var visit, firstDay, place, focus, flagshipInitiative: String
        var slots: [Slot]
        var stakeholders: [Stakeholder]
        var encounters: [Encounter]
        var group: Group
        var sheet: Sheet
        var notes: [Note]
        var impressions: [Impression]
        var review: Review?
        var costs: Costs?
        var excerpts: [Excerpt]
        var synthesis: Synthesis
        var validation: Validation
        var publication: Publication?
        var grid: Adaptation?
        var subgroups: [Subgroup]?
        var practical: Practical?
        var minutes: [Section]?
        /// « person half-day »: who was not there.
        var absent: [String]?
    }

    struct Subgroup: Decodable, Sendable {
        var name: String
        var members, notes: [String]
        /// The encounters that it goes to while the others are elsewhere.
        var encounters: [String]?
    }

    struct Practical: Decodable, Sendable { var meetingPoint, travel, lodging, meals, contact: String }

    struct Slot: Decodable, Sendable { var key, day, half: String }
    struct Stakeholder: Decodable, Sendable { var kind, label, confirmed: String }
    struct Encounter: Decodable, Sendable { var key, slot, title, kind, place, time: String }

    struct Group: Decodable, Sendable {
        var visitors, staff: [String]
        var signatory: String
    }

    struct Section: Decodable, Sendable { var key, title, body: String }

    struct Sheet: Decodable, Sendable {
        var title, author, sentOn: String
        var sections: [Section]
    }

    struct Note: Decodable, Sendable {
        var key, author, slot, encounter, manner, text: String
        var speaker, shared, offRecord: String?
        var dimensions: [String]?
        /// A note off the record is its author's alone: there is no way to share it.
        var isShared: Bool { shared != "false" && offRecord != "true" }
    }

    struct Impression: Decodable, Sendable { var author, date, shared, body: String }

    struct Review: Decodable, Sendable {
        struct Line: Decodable, Sendable {
            var part, author, text: String
            var about: String?
        }

        struct Answer: Decodable, Sendable { var answer, words: String }

        var lines: [Line]
        var answeredBy, answeredOn: String
        /// One for each advice, in their order.
        var answers: [Answer]
    }

    struct Costs: Decodable, Sendable {
        struct Funding: Decodable, Sendable { var name, travel, lodging, meals: String }

        struct Claim: Decodable, Sendable {
            var person, kind, date, amount, words: String
            /// What the officer decides: accepted in whole or in part, out of which funding, paid when.
            var accepted, funding, reason, paidOn, receipt: String?
        }

        var fundings: [Funding]
        var decidedOn: String
        var claims: [Claim]
    }

    struct Excerpt: Decodable, Sendable {
        struct Consent: Decodable, Sendable {
            var how, by, date, proof: String
            var `for`: String
        }

        var key, note, words, attribution, shownAs: String
        var consent: Consent?
    }

    struct Synthesis: Decodable, Sendable {
        struct Blank: Decodable, Sendable { var dimension, reason: String }

        var title, license: String
        var authors, covered: [String]
        var blankReasons: [Blank]?
        var sections: [Section]
    }

    struct Validation: Decodable, Sendable {
        struct Objection: Decodable, Sendable {
            var person, date, kind, exact, publishable, text, section, before, after, outcome, decidedOn, decidedBy, reason: String
            var reply: String?
        }

        struct Answer: Decodable, Sendable {
            var person, kind: String
            var date, exact, publishable, text, interests, receivedBy, enteredBy, proof: String?
        }

        struct Reply: Decodable, Sendable { var person, date, body: String }

        var askedOn, deadline: String
        var askedAgainOn: String?
        var objections: [Objection]?
        var answers: [Answer]
        var rightOfReply: Reply?
    }

    struct Publication: Decodable, Sendable { var publishedOn, license: String }
}

extension Tree {
    /// The same tree as JSON, every scalar a text.
    fileprivate var json: JSONValue {
        switch kind {
        case .scalar(let text, _): .string(text)
        case .list(let items): .array(items.map(\.json))
        case .map(let entries): .object(Dictionary(entries.map { ($0.key, $0.value.json) }) { first, _ in first })
        }
    }
}
