import Database
import Formats

extension Erasures {
    /// Erases again what an older copy of the database still has, and notes what the journal lacks. At the start, and after
    /// a restoration.
    /// - Returns: how many were erased again.
    @discardableResult public static func replay(_ site: Site) async throws -> Int {
        let journal = ErasureJournal(site)
        let lines = try journal.lines()
        var done = 0
        if !lines.isEmpty {
            let erased = try await site.database.read { try $0.all(Known.self, "SELECT person_id, kind, keeps_authorship FROM erasure WHERE done_at IS NOT NULL") }
            let people = try await site.database.read { try $0.texts("SELECT id FROM person") }
            let known = Dictionary(uniqueKeysWithValues: erased.map { ($0.personId, $0.kind) })
            let wanted = Dictionary(grouping: lines, by: \.hash)
            for person in people {
                let own = wanted[Secrets.sha256(person)] ?? []
                let line = own.last { $0.kind == Erasure.Kind.complete.rawValue } ?? own.last
                guard let line, let kind = Erasure.Kind(rawValue: line.kind), known[person] != kind, known[person] != .complete else { continue }
                try await apply(kind, keepsAuthorship: line.keepsAuthorship, to: person, by: .site, site)
                done += 1
            }
            for thing in site.features.flatMap(\.personal.erasable) {
                for id in try await site.database.read({ try $0.texts(thing.whole) }) where wanted[Secrets.sha256(id)]?.contains(where: { $0.kind == thing.kind }) == true {
                    try await site.amend(as: "person.erasedAgain", by: .site) { change in
                        try thing.erase(id, change)
                        change.leaveAsItIs()
                    }
                    done += 1
                }
            }
            if done > 0 { try await site.database.scrub(indexes: [SearchIndex.name]) }
        }
        try await journal.complete()
        return done
    }
}
