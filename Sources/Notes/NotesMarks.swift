import Database
import Events
import Formats
import Platform
import Visits

/// Where visits stand with their notes and impressions, and what each visitor still has to write.
enum NotesMarks {
    private struct Count: Decodable, Sendable {
        var visitId: String
        var slug: String
        var programme: String
        var delegationId: String
        var isPublished: Bool
        var visitors: Int
        var noting: Int
        var impressed: Int
        var lastDay: Day?
    }

    static func stages(_ visitIds: [String], _ reader: any Reader, _ request: Request) throws -> [String: [StageMark]] {
        let words = request.words
        let counts = try reader.all(
            Count.self,
            """
            SELECT visit.id AS visit_id, visit.slug, programme.slug AS programme, visit.delegation_id,
                CASE WHEN visit.stage = 'published' THEN 1 ELSE 0 END AS is_published,
                (SELECT count(DISTINCT person_id) FROM membership WHERE scope_id = visit.delegation_id AND role = 'visitor'
                    AND until IS NULL) AS visitors,
                (SELECT count(DISTINCT person_id) FROM membership WHERE scope_id = visit.delegation_id AND role = 'visitor' AND until IS NULL
                    AND EXISTS (SELECT 1 FROM note_block JOIN access ON access.object_id = note_block.id
                        WHERE note_block.author_id = membership.person_id AND note_block.visit_id = visit.id
                            AND audience <> 'author' AND withdrawn_at IS NULL)) AS noting,
                (SELECT count(DISTINCT text.author_id) FROM text JOIN access ON access.object_id = text.id
                    JOIN membership ON membership.person_id = text.author_id AND membership.scope_id = visit.delegation_id
                        AND membership.role = 'visitor' AND membership.until IS NULL
                    WHERE text.kind = 'impression' AND subject_id = visit.id AND audience <> 'author' AND withdrawn_at IS NULL) AS impressed,
                (SELECT max(day) FROM slot WHERE event_id = visit.id AND removed_at IS NULL) AS last_day
            FROM visit JOIN programme ON programme.id = visit.programme_id WHERE visit.id IN \(list: visitIds)
            """)
        let silent = try silent(visitIds, reader, request)
        return Dictionary(
            uniqueKeysWithValues: counts.map { count in
                let isOver = count.lastDay.map { $0 < request.now.day() } ?? false
                let isMember = request.viewer.isMember(of: count.delegationId)
                let page = isMember ? "/programmes/\(count.programme)/visites/\(count.slug)" : nil
                return (
                    count.visitId,
                    [
                        mark("notes.stage.notes", count.noting, of: count.visitors, isOver, isPublished: count.isPublished, words, page.map { "\($0)/notes" }),
                        mark(
                            "notes.stage.impressions", count.impressed, of: count.visitors, isOver, isPublished: count.isPublished, words,
                            page.map { "\($0)#impressions" }, silent: silent[count.visitId]?.map(\.name)
                        ).waiting(for: silent[count.visitId]?.map(\.personId) ?? []),
                    ]
                )
            })
    }

    /// What was written is enough once the synthesis is published: nobody is waited for any more.
    private static func mark(
        _ key: String, _ done: Int, of all: Int, _ isOver: Bool, isPublished: Bool, _ words: Words, _ path: String?,
        silent: [String]? = nil
    ) -> StageMark {
        let isDone = all > 0 && (done >= all || isPublished)
        let late =
            silent.map { words("\(key).missingFrom", ["n": all - done, "names": words.list($0)]) }
            ?? words("\(key).missing", ["n": all - done])
        let missing = isOver && all > 0 && !isDone ? late : nil
        return StageMark(
            .stage(.notes), label: words(key), state: isDone ? .done : done > 0 || isOver && all > 0 ? .now : .todo,
            detail: all > 0 ? words("notes.stage.count", ["done": done, "all": all]) : words("notes.stage.nobody"),
            path: path, missing: missing)
    }

    private struct Silent: Decodable, Sendable {
        var visitId: String
        var personId: String
        var name: String
    }

    /// Who has not shared an impression note yet, by visit: said to the visiting group alone.
    private static func silent(_ visitIds: [String], _ reader: any Reader, _ request: Request) throws -> [String: [Silent]] {
        let people = try reader.all(
            Silent.self,
            """
            SELECT visit.id AS visit_id, person.id AS person_id, person.name FROM visit
            JOIN membership ON membership.scope_id = visit.delegation_id AND membership.role = 'visitor'
                AND membership.until IS NULL
            JOIN person ON person.id = membership.person_id
            WHERE visit.id IN \(list: visitIds) AND visit.delegation_id IN \(list: request.viewer.roles.keys.sorted())
                AND NOT EXISTS (SELECT 1 FROM text JOIN access ON access.object_id = text.id
                    WHERE text.kind = 'impression' AND subject_id = visit.id AND text.author_id = person.id
                        AND audience <> 'author' AND withdrawn_at IS NULL)
            ORDER BY person.sort_key, person.id
            """)
        return Dictionary(grouping: people, by: \.visitId)
    }

    private struct Owed: Decodable, Sendable {
        var name: String
        var slug: String
        var programme: String
        var lastDay: Day
    }

    /// After the last day: the impression note, due within a fortnight.
    static func todos(_ reader: any Reader, _ request: Request) throws -> [Todo] {
        guard let person = request.viewer.personId else { return [] }
        let owed = try reader.all(
            Owed.self,
            """
            SELECT visit.name, visit.slug, programme.slug AS programme, max(slot.day) AS last_day FROM visit
            JOIN programme ON programme.id = visit.programme_id
            JOIN membership ON membership.scope_id = visit.delegation_id AND membership.person_id = \(person)
                AND membership.role = 'visitor' AND membership.until IS NULL
            JOIN slot ON slot.event_id = visit.id AND slot.removed_at IS NULL
            WHERE visit.id NOT IN (SELECT visit_id FROM visit_cancellation)
                AND NOT EXISTS (SELECT 1 FROM text JOIN access ON access.object_id = text.id
                WHERE text.kind = 'impression' AND subject_id = visit.id AND text.author_id = \(person) AND audience <> 'author')
            GROUP BY visit.id, visit.name, visit.slug, programme.slug HAVING max(slot.day) < \(request.now.day())
            """)
        return owed.map {
            Todo(
                title: request.words("notes.todo.impression", ["visit": $0.name]), path: "/programmes/\($0.programme)/visites/\($0.slug)#impressions",
                due: $0.lastDay.adding(days: 14))
        }
    }

    /// What `essaim check` looks at: a block always has its version and its protection.
    static func problems(_ reader: any Reader) throws -> [String] {
        try reader.texts(
            """
            SELECT 'note ' || id FROM note_block WHERE NOT EXISTS (SELECT 1 FROM note_version
                WHERE block_id = note_block.id AND note_version.version = note_block.version)
                OR NOT EXISTS (SELECT 1 FROM access WHERE object_id = note_block.id)
            UNION ALL SELECT 'note ' || note_block.id || ' is off the record and open to others' FROM note_block
                JOIN access ON access.object_id = note_block.id WHERE is_off_record = 1 AND audience <> 'author'
            UNION ALL SELECT 'note ' || note_block.id || ' is not added yet and open to others' FROM note_block
                JOIN access ON access.object_id = note_block.id WHERE is_begun = 1 AND audience <> 'author'
            """)
    }
}
