import Database
import Formats
import Platform

/// The pages of the people of a programme.
enum PeopleRoutes {
    static let routes: [Route] = [
        .get("/programmes/{programme}/communaute", asks: .signedInTo(.see), for: "the programme") { request in
            let roster = try await request.site.database.read { try Roster.load(request["programme"], $0, request) }
            return .page(RosterView(request: request, roster: roster).page)
        },
        .get("/programmes/{programme}/communaute/export", asks: .signedInTo(.see), for: "the programme") { request in
            let roster = try await request.site.database.read { try Roster.load(request["programme"], whole: true, $0, request) }
            return try RosterView(request: request, roster: roster).file()
        },
        .get("/programmes/{programme}/communaute/inviter", asks: .thing(.managePeople), for: "who manages people") {
            request in
            let roster = try await managedRoster(request)
            return .page(InvitationView(request, roster, values: InvitationView.proposed(request, roster)).page)
        },
        .post(
            "/programmes/{programme}/communaute/invitations", asks: .thing(.managePeople), for: "who manages people",
            fresh: .sometimes, invite),
        .get("/programmes/{programme}/communaute/{person}", asks: .signedInTo(.see), for: "the programme") { request in
            .page(PersonView(request: request, card: try await card(request)).page)
        },
        .post(
            "/programmes/{programme}/communaute/{person}/roles", asks: .thing(.managePeople), for: "who manages people",
            fresh: .sometimes, assign),
        .post(
            "/programmes/{programme}/communaute/{person}/departs", asks: .thing(.managePeople),
            for: "who manages people", fresh: .sometimes, depart),
        .get(
            "/programmes/{programme}/communaute/{person}/fonction", asks: .thing(.managePeople),
            for: "who manages people, and for oneself"
        ) {
            request in
            .page(try await positionPage(request, try await describedCard(request)))
        },
        .post(
            "/programmes/{programme}/communaute/{person}/fonction", asks: .thing(.managePeople),
            for: "who manages people, and for oneself",
            position),
    ]

    private static let invite: @Sendable (Request) async throws -> Response = { request in
        let roster = try await managedRoster(request)
        let form = request.form
        return try await request.attempt(
            {
                let invitation = try Invitation(form)
                if invitation.assignment.role.isSensitive { try request.requireProof() }
                let (person, keepsFunction) = try await request.site.amend(as: "person.invited", by: request.actor) { change in
                    try invitation.send(in: roster.programme, change)
                }
                return .redirect("\(roster.programme.path)/communaute/\(person)?invite=1\(keepsFunction ? "&fonction=gardee" : "")")
            },
            otherwise: { problems in
                let namesakes =
                    problems.contains { $0.field == "same" }
                    ? try await request.site.database.read {
                        try Namesake.of(form.line("name"), exceptAt: form.line("email"), $0, request.viewer)
                    } : []
                return InvitationView(request, roster, values: form, namesakes: namesakes, problems: problems).page
            })
    }

    private static let assign: @Sendable (Request) async throws -> Response = { request in
        let card = try await managedCard(request)
        let form = request.form
        return try await request.attempt(
            {
                let assignment = try Assignment(form)
                if assignment.role.isSensitive { try request.requireProof() }
                try await request.site.amend(as: "membership.started", by: request.actor) { change in
                    try change.require(.managePeople, on: card.programme.id)
                    try assignment.give(to: card.profile.personId, in: card.programme.id, change)
                }
                return .redirect(path(card))
            },
            otherwise: { problems in
                PersonView(request: request, card: card, values: form, problems: problems).page
            })
    }

    private static let depart: @Sendable (Request) async throws -> Response = { request in
        let card = try await managedCard(request)
        let form = request.form
        return try await request.attempt(
            {
                let departure = try Departure(form)
                if departure.isSensitive { try request.requireProof() }
                let freed = try await request.site.amend(as: "membership.ended", by: request.actor) { change in
                    try change.require(.managePeople, on: card.programme.id)
                    return try departure.end(card.profile.personId, in: card.programme.id, change)
                }
                guard case .role(let role, let scope) = departure else { return .redirect(path(card)) }
                let seat = freed.map { "&seat=\($0)" } ?? ""
                return .redirect("\(path(card))?fin=\(role.rawValue)&scope=\(URLForm.encode(scope))\(seat)")
            },
            otherwise: { problems in PersonView(request: request, card: card, problems: problems).page })
    }

    private static let position: @Sendable (Request) async throws -> Response = { request in
        let card = try await describedCard(request)
        let form = request.form
        return try await request.attempt(
            {
                let function = form.line("function")
                guard !function.isEmpty else { throw Refused("community.invite.functionMissing", field: "function") }
                guard function.unicodeScalars.count <= 200 else {
                    throw Refused("community.invite.functionTooLong", field: "function")
                }
                try await request.site.amend(as: "person.described", by: request.actor) { change in
                    let isOwn = change.viewer.personId == card.profile.personId
                    if !isOwn { try change.require(.managePeople, on: card.programme.id) }
                    let organization = form.optional("organization")
                    let known = try card.organizations(change).map(\.id)
                    guard organization.map(known.contains) != false else {
                        throw Refused("community.invite.organizationUnknown", field: "organization")
                    }
                    if form.has("email"), !isOwn {
                        try AddressRight.put(form.line("email"), of: card.profile, in: card.programme.id, change)
                    }
                    guard try ProfileRight.isOpen(card.profile.personId, to: change.viewer, change) else {
                        throw Refused("community.position.elsewhere", field: "function")
                    }
                    try Profiles.save(card.profile.personId, function: function, organization: organization, in: change)
                    try change.trace(
                        "programme", card.programme.id, programme: card.programme.id, ["person": card.profile.personId])
                }
                return .redirect(path(card))
            },
            otherwise: { problems in try await positionPage(request, card, values: form, problems: problems) })
    }

    private static func positionPage(
        _ request: Request, _ card: PersonCard, values: Fields? = nil, problems: [Problem] = []
    ) async throws -> Page {
        let (organizations, mayReaddress) = try await request.site.database.read { reader in
            (
                try card.organizations(reader),
                try AddressRight.isOpen(card.profile.personId, in: card.programme.id, reader)
            )
        }
        let known = Fields([
            ("function", card.profile.function), ("organization", card.profile.organizationId ?? ""),
            ("email", card.profile.email ?? ""),
        ])
        return PositionView(request, card, organizations, mayReaddress: mayReaddress, values: values ?? known, problems: problems).page
    }

    private static func managedRoster(_ request: Request) async throws -> Roster {
        let roster = try await request.site.database.read { try Roster.load(request["programme"], $0, request) }
        guard roster.mayManage else { throw Forbidden(.managePeople) }
        return roster
    }

    private static func card(_ request: Request) async throws -> PersonCard {
        try await request.site.database.read {
            try PersonCard.load(request["programme"], request["person"], $0, request)
        }
    }

    /// The card of somebody, for whoever manages people: the right is asked before what was typed is read.
    private static func managedCard(_ request: Request) async throws -> PersonCard {
        let card = try await card(request)
        guard card.mayManage else { throw Forbidden(.managePeople) }
        return card
    }

    /// The same, for oneself too.
    private static func describedCard(_ request: Request) async throws -> PersonCard {
        let card = try await card(request)
        guard card.mayManage || card.isOwn(request) else { throw Forbidden(.managePeople) }
        return card
    }

    private static func path(_ card: PersonCard) -> String {
        "\(card.programme.path)/communaute/\(card.profile.personId)"
    }
}
