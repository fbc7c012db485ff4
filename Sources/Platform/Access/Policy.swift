import Database

/// Who may see and do what: the one policy of the site, as a table.
///
/// A line is an action and an audience; a column is a way to be concerned; `x` is yes. To do something one must also be
/// allowed to see it. What is withdrawn is seen by nobody. Everything else in the program asks this table: pages, lists,
/// counts, search, exports (`condition`, in SQL) and single things (`allows`, on a value) come from the same lines.
public struct Policy: Sendable {
    public static let table = """
        action            | audience  | anybody | partner | community | circle | author | host | facilitator | researcher | officer | coordinator | committee | administrator
        see               | author    |         |         |           |        | x      |      |             |            |         |             |           |
        see               | scope     |         |         |           | x      | x      |      |             |            |         |             |           |
        see               | community |         |         | x         | x      | x      |      |             |            |         |             |           |
        see               | partners  |         | x       | x         | x      | x      |      |             |            |         |             |           |
        see               | public    | x       | x       | x         | x      | x      | x    | x           | x          | x       | x           | x         | x
        seeHistory        | *         |         |         | x         | x      | x      | x    | x           | x          | x       | x           | x         |
        manageProgramme   | *         |         |         |           |        |        |      |             |            | x       | x           |           |
        managePeople      | *         |         |         |           |        |        |      |             |            | x       | x           |           |
        manageVisit       | *         |         |         |           |        |        |      |             |            | x       | x           |           |
        keepAttendance    | *         |         |         |           | x      |        |      |             |            | x       | x           |           |
        writeSheet        | *         |         |         |           |        |        | x    |             |            | x       | x           |           |
        sendSheet         | *         |         |         |           |        |        |      |             |            | x       | x           |           |
        writeNote         | *         |         |         |           | x      | x      |      |             |            | x       |             |           |
        shareNote         | *         |         |         |           |        | x      |      |             |            |         |             |           |
        writeSynthesis    | *         |         |         |           |        |        |      |             | x          | x       |             |           |
        citeNote          | *         |         |         |           |        |        |      |             | x          | x       |             |           |
        recordConsent     | *         |         |         |           |        |        |      |             | x          | x       |             |           |
        askValidation     | *         |         |         |           |        |        |      |             |            | x       | x           |           |
        answerValidation  | *         |         |         |           | x      |        | x    |             |            |         |             |           |
        recordAnswer      | *         |         |         |           |        |        |      |             |            | x       | x           |           |
        answerAdvice      | *         |         |         |           |        |        | x    |             |            |         |             |           |
        seeCosts          | *         |         |         |           |        |        |      |             |            | x       | x           | x         |
        manageCosts       | *         |         |         |           |        |        |      |             |            | x       | x           |           |
        claimCosts        | *         |         |         |           | x      |        |      |             |            |         |             |           |
        arbitrate         | *         |         |         |           |        |        |      |             |            |         | x           | x         |
        publish           | *         |         |         |           |        |        |      |             |            | x       | x           |           |
        writeGrid         | *         |         |         |           |        |        |      |             | x          |         |             |           |
        commentGrid       | *         |         |         | x         |        |        |      |             |            |         |             |           |
        adaptGrid         | *         |         |         |           | x      |        |      |             | x          | x       | x           |           |
        approveGrid       | *         |         |         |           |        |        |      |             | x          |         |             |           |
        seeSite           | site      | x       | x       | x         | x      | x      | x    | x           | x          | x       | x           | x         | x
        startProgramme    | site      |         |         |           |        |        |      |             |            | x       | x           |           | x
        administerSite    | site      |         |         |           |        |        |      |             |            |         |             |           | x
        """

    /// A way to be concerned by a thing.
    public enum Holder: String, Sendable, CaseIterable {
        case anybody, partner, community, circle, author
        case host, facilitator, researcher, officer, coordinator, committee, administrator
    }

    public struct Line: Sendable, Equatable {
        public let action: Action
        /// The audience, `*` for all of them, `site` for what concerns no thing in particular.
        public let audience: String
        public let holders: [Holder]
    }

    public static let site = Policy(table)!
    public let lines: [Line]

    /// Reads a table; nil when it is malformed (an unknown action, audience or column).
    public init?(_ table: String) {
        let rows = table.split(separator: "\n").map { line in
            line.split(separator: "|", omittingEmptySubsequences: false).map { cell in
                String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            }
        }
        guard let columns = rows.first?.dropFirst(2).map({ Holder(rawValue: $0) }), !columns.contains(nil) else { return nil }
        let audiences = Set(Audience.allCases.map(\.rawValue) + ["*", "site"])
        var lines: [Line] = []
        for row in rows.dropFirst() {
            guard row.count == columns.count + 2, let action = Action(rawValue: row[0]), audiences.contains(row[1]),
                row.dropFirst(2).allSatisfy({ $0 == "x" || $0.isEmpty })
            else { return nil }
            let holders = zip(columns, row.dropFirst(2)).compactMap { $1 == "x" ? $0 : nil }
            lines.append(Line(action: action, audience: row[1], holders: holders))
        }
        self.lines = lines
    }

    /// The holders who may do an action on things of an audience.
    func holders(_ action: Action, _ audience: Audience) -> [Holder] {
        lines.filter { $0.action == action && ($0.audience == audience.rawValue || $0.audience == "*") }.flatMap(\.holders)
    }
}
