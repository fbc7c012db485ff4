import Database
import Formats
import Platform

/// The collective review of a visit, written by several people at once on its last afternoon, then closed (dossier §3.2.1).
struct Review: Sendable, Equatable, Decodable {
    /// Its four parts, as the dossier asks for them.
    enum Part: String, Sendable, CaseIterable, Codable, SQLConvertible {
        /// The initiative and its results.
        case results
        /// Methods of accompaniment.
        case methods
        /// What each visitor learnt: one line for each.
        case learning
        /// What the visitors advise the host.
        case advice
    }

    /// On which side somebody sits in it.
    enum Side: String, Sendable, Codable, CaseIterable, SQLConvertible {
        case visitor, staff, host
    }

    var id: String
    var visitId: String
    var programmeId: String
    var begunAt: Instant
    /// Since when the host reads it.
    var openedAt: Instant?
    var closedAt: Instant?
    var closedBy: String?
    /// Of its lines as they were when it was closed.
    var hash: String?

    var isClosed: Bool { closedAt != nil }
    var isOpenToHost: Bool { openedAt != nil }

    /// 2,000 code points: a line of a review, the words of an answer.
    static let longest = 2_000
    /// More lines than any afternoon: what a mistake or a script could add stops there.
    static let most = 500

    /// Checks a line before it is added.
    /// - Parameters:
    ///   - people: who sits in the review.
    ///   - field: of the form.
    func admit(_ line: NewLine, by side: Side?, among people: [ReviewPerson], count: Int, field: String) throws {
        guard !isClosed else { throw Refused("reviews.refusal.closed") }
        guard !Markdown.isBlank(line.text) else { throw Refused("reviews.refusal.empty", field: field) }
        guard line.text.unicodeScalars.count <= Self.longest else {
            throw Refused("reviews.refusal.tooLong", ["n": Self.longest], field: field)
        }
        guard count < Self.most else { throw Refused("reviews.refusal.tooMany", ["n": Self.most], field: field) }
        if line.part == .advice, side == .host { throw Refused("reviews.refusal.ownAdvice", field: field) }
        guard line.part == .learning else { return }
        guard let about = line.aboutId, people.contains(where: { $0.id == about }) else {
            throw Refused("reviews.refusal.aboutWhom", field: "about")
        }
    }

    /// Checks that it may be closed: something was said, and either everybody who visits said what they learnt, or whoever closes it knows
    /// who did not.
    func close(_ lines: [ReviewLine], among people: [ReviewPerson], knowing: Bool) throws {
        guard !isClosed else { throw Refused("reviews.refusal.closed") }
        guard !lines.isEmpty else { throw Refused("reviews.refusal.nothing") }
        let silent = Self.silent(people, lines)
        guard silent.isEmpty || knowing else { throw Refused("reviews.refusal.silent", ["n": silent.count], field: "silent") }
    }

    /// The visitors who were there and of whom nothing says what they learnt.
    static func silent(_ people: [ReviewPerson], _ lines: [ReviewLine]) -> [ReviewPerson] {
        let said = Set(lines.filter { $0.part == .learning }.compactMap(\.aboutId))
        return people.filter { $0.side == .visitor && $0.wasThere && !said.contains($0.id) }
    }

    /// Checks that it may be opened again: nobody has answered yet.
    func reopen(_ advice: [Advice]) throws {
        guard isClosed else { throw Refused("reviews.refusal.notClosed") }
        guard advice.allSatisfy({ $0.answer == nil && $0.followUp == nil }) else { throw Refused("reviews.refusal.answered") }
    }

    /// The hash of what was said, in its order: who wrote it, of whom, in which part.
    static func hash(_ lines: [ReviewLine]) -> String {
        let values = lines.map { line -> JSONValue in
            .object([
                "part": .string(line.part.rawValue), "author": .string(line.authorId), "about": line.aboutId.map { .string($0) } ?? .null,
                "text": .string(line.text), "writtenAt": .int(line.writtenAt.milliseconds),
            ])
        }
        return Secrets.sha256(CanonicalJSON.encode(.array(values)))
    }
}

/// A line as it was typed.
struct NewLine: Sendable, Equatable {
    var part: Review.Part
    var aboutId: String?
    var text: String
}

/// What one person wrote in one part of a review.
struct ReviewLine: Sendable, Equatable, Decodable {
    var id: String
    var part: Review.Part
    var position: Int
    var authorId: String
    var author: String
    var aboutId: String?
    var about: String?
    var text: String
    var writtenAt: Instant
    var replacedAt: Instant?
    var removedAt: Instant?
    var erasedAt: Instant?

    /// Whoever wrote it may write it anew, and whoever it is about.
    func isOwn(of personId: String?) -> Bool { personId != nil && (authorId == personId || aboutId == personId) }
}

/// Somebody who sits in a review.
struct ReviewPerson: Sendable, Equatable, Decodable {
    var id: String
    var name: String
    var side: Review.Side
    var wasThere: Bool
}
