import Database
import Foundation
import TestSupport
import Testing

/// What every engine promises to the capabilities.
@Suite struct ContractTests {
    private struct Thing: Decodable, Equatable {
        var id: String
        var longName: String?
        var isOpen: Bool
        var weight: Double
        var content: [UInt8]
        var number: Int64
    }

    private static let table = """
        CREATE TABLE thing (id TEXT NOT NULL PRIMARY KEY, long_name TEXT, is_open INTEGER NOT NULL, weight REAL NOT NULL,
            content BLOB NOT NULL, number INTEGER NOT NULL) STRICT
        """

    private func insert(_ thing: Thing) -> SQL {
        """
        INSERT INTO thing (id, long_name, is_open, weight, content, number)
        VALUES (\(thing.id), \(thing.longName), \(thing.isOpen), \(thing.weight), \(thing.content), \(thing.number))
        """
    }

    private let thing = Thing(
        id: "é\u{1F41D}\u{202E}'\"; DROP TABLE thing; --", longName: nil, isOpen: true, weight: 2.5,
        content: (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }, number: .max)

    @Test func `values of every type come back as they were bound`() async throws {
        let fresh = try await TestDatabase()
        try await fresh.database.write { try $0.script(Self.table) }
        let insertion = insert(thing)
        let changed = try await fresh.database.write { try $0.run(insertion) }
        #expect(changed == 1)
        let found = try await fresh.database.read { try $0.first(Thing.self, "SELECT * FROM thing") }
        #expect(found == thing)
    }

    @Test func `a transaction that throws leaves nothing`() async throws {
        struct Stop: Error {}
        let fresh = try await TestDatabase()
        try await fresh.database.write { try $0.script(Self.table) }
        let insertion = insert(thing)
        await #expect(throws: Stop.self) {
            try await fresh.database.write { writer in
                try writer.run(insertion)
                throw Stop()
            }
        }
        #expect(try await fresh.database.read { try $0.count("SELECT count(*) FROM thing") } == 0)
    }

    @Test func `a broken constraint is told as such`() async throws {
        let fresh = try await TestDatabase()
        try await fresh.database.write { try $0.script(Self.table) }
        let insertion = insert(thing)
        _ = try await fresh.database.write { try $0.run(insertion) }
        let error = await #expect(throws: DatabaseProblem.self) {
            _ = try await fresh.database.write { try $0.run(insertion) }
        }
        guard case .constraint = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `readers go on while somebody writes`() async throws {
        let fresh = try await TestDatabase()
        let database = fresh.database
        try await database.write { try $0.script(Self.table) }
        try await withThrowingTaskGroup(of: Int.self) { group in
            for index in 0..<8 {
                group.addTask {
                    try await database.write { writer in
                        try writer.run(
                            """
                            INSERT INTO thing (id, long_name, is_open, weight, content, number)
                            VALUES (\("thing \(index)"), NULL, 0, 1.0, \([UInt8]([1])), 1)
                            """)
                    }
                }
                group.addTask { try await database.read { try $0.count("SELECT count(*) FROM thing") } }
            }
            for try await count in group { #expect((0...8).contains(count)) }
        }
        #expect(try await database.read { try $0.count("SELECT count(*) FROM thing") } == 8)
    }

    @Test func `an empty list matches nothing`() async throws {
        let fresh = try await TestDatabase()
        let count = try await fresh.database.read { try $0.count("SELECT 1 WHERE 'a' IN \(list: [String]())") }
        #expect(count == 0)
    }

    @Test(arguments: ["", "é\u{301}", "\u{1F41D}\u{202E}", "l’été d’Œuf", "%_\\'\"?$1", String(repeating: "ruche ", count: 200_000)])
    func `a text comes back as it was written, and is found by its words`(_ text: String) async throws {
        let fresh = try await TestDatabase()
        try await fresh.database.write { writer in
            try writer.script("CREATE TABLE word (text TEXT NOT NULL) STRICT")
            try writer.run("INSERT INTO word (text) VALUES (\(text))")
        }
        let found = try await fresh.database.read { try $0.text("SELECT text FROM word WHERE text = \(text)") }
        #expect(found?.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
    }

    @Test func `a null is bound wherever a value may stand`() async throws {
        let fresh = try await TestDatabase()
        let nothing: String? = nil
        try await fresh.database.write { try $0.script(Self.table) }
        let insertion = insert(thing)
        _ = try await fresh.database.write { try $0.run(insertion) }
        try await fresh.database.read { reader throws in
            #expect(try reader.count("SELECT count(*) FROM thing WHERE \(nothing) IS NULL") == 1)
            #expect(try reader.count("SELECT count(*) FROM thing WHERE long_name = \(nothing)") == 0)
            #expect(try reader.text("SELECT coalesce(\(nothing), id) FROM thing") == thing.id)
            #expect(try reader.text("SELECT long_name FROM thing") == nil)
        }
    }

    @Test func `a text with a NUL is no other text`() async throws {
        let fresh = try await TestDatabase()
        try await fresh.database.write { try $0.script("CREATE TABLE word (text TEXT NOT NULL) STRICT; INSERT INTO word VALUES ('ab'), ('')") }
        for text in ["a\0b", "\0", "ab\0"] {
            #expect(try await fresh.database.read { try $0.count("SELECT count(*) FROM word WHERE text = \(text)") } == 0)
        }
    }

    @Test func `sums, averages and conditions have the same types everywhere`() async throws {
        let fresh = try await TestDatabase()
        let row = try await fresh.database.read { reader in
            try reader.rows(
                """
                WITH given (number, part) AS (VALUES (\(3), \(0.5)), (\(4), \(1.0)))
                SELECT sum(number) AS total, count(*) AS count, sum(part) AS share, min(number) AS least,
                    1 = 1 AS flag FROM given
                """)
        }.first
        #expect(row?["total"] == .integer(7) && row?["count"] == .integer(2) && row?["least"] == .integer(3))
        #expect(row?["share"] == .real(1.5) && row?["flag"] == .integer(1))
    }

    @Test func `texts are in the order of their bytes, and nulls are told apart`() async throws {
        let fresh = try await TestDatabase()
        let words = ["é", "z", "Z", "a", "œ", "A", "1", " "]
        let found = try await fresh.database.write { writer in
            try writer.script("CREATE TABLE word (text TEXT NOT NULL) STRICT")
            for word in words { try writer.run("INSERT INTO word (text) VALUES (\(word))") }
            return try writer.texts("SELECT text FROM word ORDER BY text")
        }
        #expect(found == words.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }

    @Test func `a read sees one moment, whatever is written meanwhile`() async throws {
        let fresh = try await TestDatabase()
        let database = fresh.database
        try await database.write { try $0.script("CREATE TABLE pair (a INTEGER NOT NULL, b INTEGER NOT NULL) STRICT; INSERT INTO pair VALUES (0, 0)") }
        let writing = Task {
            for number in 1...100 {
                try await database.write { writer in
                    try writer.run("UPDATE pair SET a = \(number)")
                    try writer.run("UPDATE pair SET b = \(number)")
                }
            }
        }
        for _ in 0..<100 {
            let (first, second) = try await database.read { (try $0.count("SELECT a FROM pair"), try $0.count("SELECT b FROM pair")) }
            #expect(first == second)
        }
        try await writing.value
    }

    @Test func `writers who read before they write are as if one came after the other`() async throws {
        let fresh = try await TestDatabase(connections: 8)
        let database = fresh.database
        try await database.write { try $0.script("CREATE TABLE counter (number INTEGER NOT NULL) STRICT; INSERT INTO counter VALUES (0)") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<10 {
                        try await database.write { writer in
                            let number = try writer.count("SELECT number FROM counter")
                            try writer.run("UPDATE counter SET number = \(number + 1)")
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await database.read { try $0.count("SELECT number FROM counter") } == 80)
    }

    @Test func `what is cancelled is not kept, and the next one goes through`() async throws {
        let fresh = try await TestDatabase()
        let database = fresh.database
        try await database.write { try $0.script("CREATE TABLE counter (number INTEGER NOT NULL) STRICT") }
        let writing = Task {
            try await database.write { writer in
                try writer.run("INSERT INTO counter VALUES (1)")
                while true { _ = try writer.count("SELECT count(*) FROM counter") }
            }
        }
        try await Task.sleep(for: .milliseconds(100))
        writing.cancel()
        await #expect(throws: CancellationError.self) { try await writing.value }
        #expect(try await database.read { try $0.count("SELECT count(*) FROM counter") } == 0)
        try await database.write { try $0.run("INSERT INTO counter VALUES (2)") }
        #expect(try await database.read { try $0.count("SELECT number FROM counter") } == 2)
    }

    @Test func `hundreds of different statements are no burden`() async throws {
        let fresh = try await TestDatabase()
        try await fresh.database.read { reader throws in
            for count in 1...900 {
                let list = (0..<count).map { "\($0)" as SQL }.joined(", ")
                #expect(try reader.count("SELECT count(*) FROM (SELECT 1 AS one WHERE 1 IN (\(list))) AS found") == (count > 1 ? 1 : 0))
            }
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `what another program changes is told`() async throws {
        let fresh = try await TestDatabase()
        try await fresh.database.write { try $0.script("CREATE TABLE counter (number INTEGER NOT NULL) STRICT") }
        let other = try await fresh.again()
        var signals = fresh.database.changes().makeAsyncIterator()
        #expect(await signals.next() == .changed)
        try await other.write { writer in
            try writer.run("INSERT INTO counter VALUES (1)")
            try writer.announceChange()
        }
        #expect(await signals.next() == .changed)
        try other.close()
    }
}
