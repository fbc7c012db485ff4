import Formats
import Platform

/// A programme: a network that learns together, its visits, its texts and its rules.
package struct Programme: Sendable, Equatable, Decodable {
    package let id: String
    /// The last part of its address: `/programmes/{slug}`.
    package let slug: String
    package let title: String
    package let summary: String
    package let language: Language
    /// The licence of what it publishes, by its SPDX name.
    package let license: String
    /// Who reads its first page.
    package let audience: Audience
    private let requiresSignatory: Bool
    private let requiredShare: Double
    private let answerDays: Int

    /// What must be true before a synthesis is published.
    package struct Rule: Sendable, Equatable {
        /// The host's signatory must have endorsed.
        package let requiresSignatory: Bool
        /// The share of the visiting group that must have endorsed, from 0 to 1.
        package let requiredShare: Double
        /// How many days the people asked have to answer.
        package let answerDays: Int

        package var sharePercent: Int { Int((requiredShare * 100).rounded()) }
    }

    package var rule: Rule {
        Rule(requiresSignatory: requiresSignatory, requiredShare: requiredShare, answerDays: answerDays)
    }

    package var path: String { "/programmes/\(slug)" }

    /// What the policy is asked about the people of the programme and the pages that belong to all of them.
    package var community: Protection {
        Protection("community", id, programme: id, author: nil, audience: .community)
    }
}
