import Formats

extension ProgrammeFile {
    /// The same organisation, territory or person written in several ways, or twice.
    func spellingFindings() -> [Finding] {
        nameFindings(organizations.map { Named(id: $0.id, name: $0.name, citation: $0.citation, $0.spellings) })
            + nameFindings(territories.map { Named(id: $0.id, name: $0.name, citation: $0.citation, $0.spellings) })
            + memberFindings() + seatFindings()
    }

    private struct Named {
        let id: String
        /// The names it has in the file, each with its place; the first is the one retained.
        let citations: [Citation]

        init(id: String, name: String, citation: Citation, _ spellings: [Spelling]) {
            self.id = id
            let retained = Citation(words: name, place: citation.place, line: citation.line)
            citations = [retained] + spellings.map(\.citation)
        }
    }

    /// Accents, capitals or a letter apart: the same name. Told as a note within one record, as a doubt between two.
    private func nameFindings(_ records: [Named]) -> [Finding] {
        records.enumerated().flatMap { position, record in
            [within(record)].compactMap { $0 }
                + records[(position + 1)...].compactMap { other -> Finding? in
                    let pairs = record.citations.flatMap { left in other.citations.map { (left, $0) } }
                    guard let pair = pairs.first(where: { Closeness.isClose($0.0.words, $0.1.words) }) else {
                        return nil
                    }
                    return Finding(
                        .sameThingTwice, .warning, [pair.0, pair.1],
                        [
                            "first": .text(pair.0.words), "second": .text(pair.1.words), "id": .text(record.id),
                            "other": .text(other.id),
                        ])
                }
        }
    }

    private func within(_ record: Named) -> Finding? {
        var ways: [Citation] = []
        for citation in record.citations where !ways.contains(where: { $0.words == citation.words }) {
            ways.append(citation)
        }
        let alike = ways.filter { way in
            ways.contains { $0.words != way.words && Closeness.isClose($0.words, way.words) }
        }
        guard alike.count > 1 else { return nil }
        return Finding(.spelling, .note, alike, ["names": .alternatives(alike.map { .text($0.words) })])
    }

    private func memberFindings() -> [Finding] {
        members.enumerated().flatMap { position, member in
            members[(position + 1)...].compactMap { other in
                guard other.organization == member.organization,
                    Closeness.isClose(other.function, member.function)
                else { return nil }
                return Finding(
                    .sameThingTwice, .warning,
                    [member, other].map { Citation(words: $0.function, place: "", line: $0.line) },
                    [
                        "first": .text(member.function), "second": .text(other.function), "id": .text(member.id),
                        "other": .text(other.id),
                    ])
            }
        }
    }

    /// People who sit in several groups and are not described there with the same words.
    private func seatFindings() -> [Finding] {
        let seats = groups.flatMap { group in group.allSeats.map { (group: group, seat: $0) } }
        return members.compactMap { member in
            let held = seats.filter { $0.seat.member == member.id && !$0.seat.citation.words.isEmpty }
            guard Set(held.map(\.group.id)).count > 1, Set(held.map(\.seat.citation.words)).count > 1 else {
                return nil
            }
            return Finding(
                .describedTwice, .note, held.map(\.seat.citation),
                [
                    "function": .text(member.function),
                    "organization": .text(organizations.first { $0.id == member.organization }?.name ?? ""),
                    "groups": .text(held.map(\.group.name).joined(separator: " ; ")),
                ])
        }
    }
}
