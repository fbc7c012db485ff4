import Formats
import Platform

/// Somebody of a programme: function, roles, seats; and what may be changed by whoever manages people.
struct PersonView {
    let request: Request
    let card: PersonCard
    var values = Fields()
    var problems: [Problem] = []
    var words: Words { request.words }
    var path: String { "\(card.programme.path)/communaute/\(card.profile.personId)" }

    var page: Page {
        let profile = card.profile
        let content: Markup = """
            <p class="kind">\(words("community.person.kind"))</p><h1>\(profile.name)</h1>
            <p class="audience" data-audience="programme">\(words("community.audience.programme"))</p>
            <dl class="facts">\(facts)</dl>\(roles)\(acts)\(history)
            """
        let crumb = Crumb(words("community.people.title"), "\(card.programme.path)/communaute")
        return card.programme.page(profile.name, at: "/communaute", crumbs: [crumb], request, content).with {
            $0.notice = notice
            if request.query.has("invite") { $0.kept = [InvitationView.kept(card.programme)] }
        }
    }

    /// What they did and what was done about them, for those who may read the journal.
    private var history: Markup {
        guard card.mayManage else { return .empty }
        return """
            <p class="meta no-print"><a data-icon="history" href="\(card.programme.path)/journal?personne=\(card.profile.personId)">\(words("community.lastChange.history"))</a></p>
            """
    }

    private var facts: Markup {
        let profile = card.profile
        var rows: [(String, Markup)] = [
            ("function", .text(profile.function.isEmpty ? "—" : profile.function)),
            ("organization", .text(profile.organization ?? "—")),
        ]
        if card.mayManage || card.isOwn(request), let email = profile.email {
            rows.append(("email", "<a href=\"mailto:\(email)\">\(email)</a>"))
        }
        if !profile.interests.isEmpty { rows.append(("interests", .text(profile.interests))) }
        if !card.seats.isEmpty { rows.append(("seats", card.seats.map { .text($0.label) }.joined(separator: "<br>"))) }
        return rows.map { "<div><dt>\(words("community.person.\($0.0)"))</dt><dd>\($0.1)</dd></div>" as Markup }
            .joined()
    }

    private var roles: Markup {
        let shown = card.roles.filter { $0.scopeKind != .delegation }
        guard !shown.isEmpty else { return "<p class=\"notice\">\(words("community.person.left"))</p>" }
        let items = shown.map { member -> Markup in
            let isHere = ![.delegation, .delegationAndHost].contains(member.scopeKind)
            let end: Markup =
                card.mayManage && isHere
                ? request.act(
                    "\(path)/departs", words("community.person.endRole", ["role": RoleWords(words).name(member)]),
                    style: "link",
                    hidden: ["role": member.role.rawValue, "scope": member.scopeId])
                : .empty
            return
                "<li>\(RoleWords(words).name(member)) <span class=\"meta\">\(words("community.person.since")) \(words.element(member.since))</span>\(end)</li>"
        }
        return "<section><h2>\(words("community.person.roles"))</h2><ul>\(items)</ul></section>"
    }

    private var acts: Markup {
        guard card.mayManage else { return card.isOwn(request) ? edit("community.person.editOwn") : .empty }
        let form = FormView(request, values: values, problems: problems)
        let roles =
            [("", words("community.invite.chooseRole"))]
            + Assignment.roles.map { ($0.rawValue, words.name("community.role", of: $0)) }
        let seats = [("", words("community.invite.noSeat"))] + card.freeSeats.map { ($0.id, $0.label) }
        let fields: Markup = """
            \(form.select("role", words("community.invite.role"), options: roles))\(form.select("seat", words("community.invite.seat"), options: seats))
            """
        let leave: Markup =
            card.roles.isEmpty
            ? .empty
            : """
            <details><summary>\(words("community.person.leaveTitle"))</summary><p>\(words("community.person.leaveText"))</p>\(request.act("\(path)/departs", words("community.person.leaveButton"), style: "button danger", hidden: ["everything": "1"]))</details>
            """
        return """
            <section class="no-print"><h2>\(words("community.person.addRole"))</h2>\(form.form(to: "\(path)/roles", button: words("community.person.addRoleButton"), style: "button quiet", fields))
            \(edit("community.person.edit"))\(leave)</section>
            """
    }

    private func edit(_ key: String) -> Markup {
        "<p class=\"acts no-print\"><a class=\"button quiet\" data-icon=\"pencil\" href=\"\(path)/fonction\">\(words(key))</a></p>"
    }

    /// What was just done; a role ended can be taken back for twenty seconds.
    private var notice: Markup {
        if request.query.has("invite") {
            let kept: Markup = request.query.has("fonction") ? "<p>\(words("community.person.functionKept"))</p>" : .empty
            return
                """
                <div class="notice success" role="status"><p>\(words("community.person.invited", ["name": card.profile.name]))</p>\(kept)
                <p class="acts"><a class="button quiet" href="\(card.programme.path)/communaute/inviter">\(words("community.person.inviteAnother"))</a> <a class="button quiet" href="\(card.programme.path)/visites">\(words("community.person.composeGroup"))</a></p></div>
                """
        }
        guard card.mayManage, let role = Role(rawValue: request.query.line("fin")), Assignment.roles.contains(role)
        else {
            return .empty
        }
        let hidden = ["scope", "seat"].compactMap { name in
            request.query.optional(name).map { FormView(request).hidden(name, $0) }
        }
        return """
            <form class="notice undo" method="post" action="\(path)/roles" role="status" data-undo="20">\(request.formField)<p>\(words("community.person.ended", ["role": words.name("community.role", of: role)]))</p>\(FormView(request).hidden("role", role.rawValue))\(hidden)<button class="button quiet">\(words("community.undo"))</button><span data-undo-left></span></form>
            """
    }
}
