import Database
import Formats
import Platform

/// A block of a field note as it is read: who wrote it, where it belongs, its version or versions.
package struct NoteBlock: Sendable, Decodable, Equatable {
    package var id: String
    package var visitId: String
    package var authorId: String
    package var author: String
    package var audience: Audience
    package var isTwin: Bool
    /// Its author alone sees it: they have not added it yet.
    package var isBegun: Bool
    package var createdAt: Instant
    package var version: Int
    package var receivedAt: Instant
    package var slotId: String?
    package var encounterId: String?
    package var encounter: String?
    package var day: Day?
    package var half: String?
    /// Those that its author gave it, in the order of the grid.
    package var dimensions: [NoteDimension] = []
    /// The sub-group said by its author.
    package var ownSubgroupId: String?
    /// Theirs, else that of the encounter.
    package var subgroupId: String?
    package var subgroup: String?
    package var manner: Manner
    package var speaker: String?
    package var text: String
    package var isOffRecord: Bool
    package var place: String

    /// What a row holds: the dimensions come beside.
    private enum CodingKeys: String, CodingKey {
        case id, visitId, authorId, author, audience, isTwin, isBegun, createdAt, version, receivedAt, slotId, encounterId, encounter, day, half
        case ownSubgroupId, subgroupId, subgroup, manner, speaker, text, isOffRecord, place
    }

    /// The half-day and the sub-group of the version `shown`: as its author said, else those of its encounter.
    static let slotOfShown: SQL = "coalesce(shown.slot_id, (SELECT slot_id FROM encounter WHERE id = shown.encounter_id))"
    static let subgroupOfShown: SQL = "coalesce(shown.subgroup_id, (SELECT subgroup_id FROM encounter WHERE id = shown.encounter_id))"

    package var isShared: Bool { audience > .author }
}

/// What is asked of a notebook.
package struct NoteFilter: Sendable, Equatable {
    static let none = "none"

    package var slot: String?
    package var encounter: String?
    /// `none`: the notes without dimension.
    package var dimension: String?
    package var author: String?
    package var manner: String?
    package var subgroup: String?
    /// Of the common page, where the group may have put a note under other dimensions than its author did.
    var isOfGroup = false
    /// Without those that their author has not added yet.
    package var isAdded = false

    package init(_ fields: Fields = Fields()) {
        slot = fields.optional("demi-journee")
        encounter = fields.optional("rencontre")
        dimension = fields.optional("axe")
        author = fields.optional("par")
        manner = fields.optional("maniere")
        subgroup = fields.optional("sous-groupe")
    }

    package init(dimension: String?) {
        self.init()
        self.dimension = dimension
    }

    init(subgroup: String?) {
        self.init()
        self.subgroup = subgroup
    }

    var condition: SQL {
        var conditions: [SQL] = [isAdded ? BegunNote.excluded : "1 = 1"]
        if let slot { conditions.append("\(NoteBlock.slotOfShown) = \(slot)") }
        if let encounter { conditions.append("shown.encounter_id = \(encounter)") }
        if let dimension { conditions.append(condition(on: dimension == Self.none ? nil : dimension)) }
        if let author { conditions.append("note_block.author_id = \(author)") }
        if let manner { conditions.append("shown.manner = \(manner)") }
        if let subgroup { conditions.append("\(NoteBlock.subgroupOfShown) = \(subgroup)") }
        return conditions.joined(" AND ")
    }

    private func condition(on dimension: String?) -> SQL {
        let version: SQL = "shown.version"
        if isOfGroup { return NoteDimensions.stands(under: dimension.map { "\($0)" }, version: version) }
        guard let dimension else {
            return "NOT EXISTS (SELECT 1 FROM note_dimension WHERE block_id = note_block.id AND version = shown.version)"
        }
        return NoteDimensions.bears("\(dimension)", version: version)
    }
}
