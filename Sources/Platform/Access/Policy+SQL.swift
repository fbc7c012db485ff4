import Database

extension Policy {
    /// The same answer as `allows`, as a condition on rows of `access` (or of the alias given).
    public func condition(_ action: Action, _ viewer: Viewer, alias: String = "access") -> SQL {
        let table = SQL(text: alias)
        let allowed = allowed(action, viewer, table)
        let seen = action == .see ? allowed : "(\(allowed) AND \(self.allowed(.see, viewer, table)))"
        guard let only = viewer.onlyObject else { return "(\(table).withdrawn_at IS NULL AND \(seen))" }
        let elsewhere: SQL = action == .see ? "\(table).audience = 'public'" : "1 = 0"
        return """
            (\(table).withdrawn_at IS NULL AND ((\(table).object_id = \(only) AND \(seen)) \
            OR (\(table).object_id <> \(only) AND \(elsewhere))))
            """
    }

    private func allowed(_ action: Action, _ viewer: Viewer, _ table: SQL) -> SQL {
        let branches = Audience.allCases.compactMap { audience -> SQL? in
            let conditions = holders(action, audience).compactMap { viewer.condition($0, table) }
            guard !conditions.isEmpty else { return nil }
            let any = conditions.contains("1 = 1") ? "1 = 1" : conditions.joined(" OR ")
            return "(\(table).audience = \(audience) AND (\(any)))"
        }
        return branches.isEmpty ? "1 = 0" : "(\(branches.joined(" OR ")))"
    }
}

extension Viewer {
    /// How a way to be concerned reads in SQL; nil when this person never is.
    fileprivate func condition(_ holder: Policy.Holder, _ table: SQL) -> SQL? {
        func within(_ column: SQL, _ scopes: [String]) -> SQL? {
            scopes.isEmpty ? nil : "\(table).\(column) IN \(list: scopes)"
        }
        switch holder {
        case .anybody: return "1 = 1"
        case .author: return personId.map { "\(table).author_id = \($0)" }
        case .circle: return within("scope_id", scopes(holdingAnyBut: [.partner]))
        case .host: return within("scope_id", scopes(holding: .host))
        case .community: return within("programme_id", scopes(holdingAnyBut: [.partner]))
        case .administrator: return isAdministrator ? "1 = 1" : nil
        default: return holder.role.flatMap { within("programme_id", scopes(holding: $0)) }
        }
    }
}
