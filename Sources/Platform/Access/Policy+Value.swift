extension Policy {
    /// Whether somebody may do something with one thing.
    public func allows(_ action: Action, _ viewer: Viewer, on thing: Protection) -> Bool {
        guard thing.withdrawnAt == nil else { return false }
        if let only = viewer.onlyObject, only != thing.objectId {
            return action == .see && thing.audience == .everyone
        }
        guard holders(action, thing.audience).contains(where: { viewer.holds($0, on: thing) }) else { return false }
        return action == .see || allows(.see, viewer, on: thing)
    }

    /// Whether somebody may do what concerns the site and no thing in particular.
    public func allows(_ action: Action, _ viewer: Viewer) -> Bool {
        guard viewer.onlyObject == nil || action == .seeSite else { return false }
        return lines.contains { line in
            line.action == action && line.audience == "site" && line.holders.contains { viewer.holds($0) }
        }
    }
}

extension Viewer {
    func holds(_ holder: Policy.Holder, on thing: Protection) -> Bool {
        switch holder {
        case .anybody: true
        case .author: personId != nil && personId == thing.authorId
        case .circle: !roles(in: thing.scopeId).subtracting([.partner]).isEmpty
        case .host: roles(in: thing.scopeId).contains(.host)
        case .community: !roles(in: thing.programmeId).subtracting([.partner]).isEmpty
        case .administrator: isAdministrator
        default: holder.role.map { roles(in: thing.programmeId).contains($0) } ?? false
        }
    }

    /// For the site as a whole a role counts wherever it is held.
    fileprivate func holds(_ holder: Policy.Holder) -> Bool {
        switch holder {
        case .anybody: true
        case .author, .circle, .community: personId != nil
        case .administrator: isAdministrator
        default: holder.role.map { role in roles.values.contains { $0.contains(role) } } ?? false
        }
    }
}

extension Policy.Holder {
    /// The role a column stands for, held in the programme (`host`: in the circle).
    var role: Role? { Role(rawValue: rawValue) }
}
