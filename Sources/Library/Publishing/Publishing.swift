import Database
import Evidence
import Formats
import Grids
import Platform
import Texts
import Visits

/// The acts that put a text in the commons, and the one that takes it back.
package enum Publishing {
    /// Publishes the latest revision of a text, or schedules it; refused with every reason while the rule is not met.
    /// - Throws: `Refusals`, `PublicationRefusal`
    static func publish(_ textId: String, _ form: PublicationForm, _ words: Words, in change: Change) throws -> Publication {
        let known = try PublicationCase.load(textId, change)
        let unmet = known.lines(form.particulars, today: change.today).filter { !$0.isMet }
        guard unmet.isEmpty, let territoryId = form.particulars.territoryId else {
            throw Refusals(unmet.map { $0.refusal(known, words) })
        }
        guard known.unexplained.isEmpty || form.isUnexplained else { throw PublicationRefusal.unexplained(known.unexplained) }
        // What is open stays open: a new version takes its place at once.
        var particulars = form.particulars
        if known.publication?.state == .open { particulars.notBefore = nil }
        let before = try known.publication.map { try PublicationQueries.citations(of: $0.revisionId, change) } ?? []
        let id = try PublicationRow(
            text: (textId, known.text.programmeId, known.text.kind.rawValue, known.text.subjectId), revisionId: known.head.id,
            requestId: known.validation?.request.id, slug: try slug(form, known, change), title: known.head.title,
            lede: form.lede, particulars: particulars, territoryId: territoryId
        ).save(in: change)
        if try change.protection(of: id) == nil {
            let text = try change.protection(of: textId)
            try change.protect(
                Protection("publication", id, programme: known.text.programmeId, author: nil, scope: text?.scopeId, audience: .scope))
        }
        guard let publication = try PublicationQueries.of(textId, change) else { throw NotFound() }
        try note(known, publication, in: change)
        try change.trace(
            "text", textId, programme: known.text.programmeId,
            ["revision": String(known.head.number), "version": String(publication.version), "address": publication.slug])
        if publication.state == .open { try close(before, besides: publication, known, in: change) }
        let isDue = publication.state == .open || publication.isDue(on: change.today)
        if isDue { try open(publication, known, in: change) } else { try schedule(publication, in: change) }
        return publication
    }

    /// Opens everything whose day has come, as long as the rule is still met; told by the site itself. Nothing opens on the word of
    /// a clock that jumped.
    /// - Returns: how many were opened.
    @discardableResult package static func openDue(_ site: Site) async throws -> Int {
        guard try await Upkeep.clock(site).isTrusted else { return 0 }
        let due = try await site.database.read { try PublicationQueries.due(on: site.now().day(), $0) }
        var opened = 0
        for publication in due {
            let isMet = try await site.database.read { reader in
                let known = try PublicationCase.load(publication.textId, revision: publication.revisionId, reader)
                return try known.lines(known.particulars(reader), today: site.now().day()).allSatisfy(\.isMet)
            }
            guard isMet else { continue }
            opened += try await site.amend(as: "publication.opened", by: .site) { change in
                try openScheduled(publication.textId, change.site.words(.french), in: change)
            }
        }
        return opened
    }

    /// Opens a scheduled publication whose day has come.
    /// - Throws: `Refusals` while the rule is not met, `PublicationRefusal` before the day.
    @discardableResult static func openScheduled(_ textId: String, _ words: Words, in change: Change) throws -> Int {
        guard let publication = try PublicationQueries.of(textId, change), publication.state == .scheduled else {
            throw PublicationRefusal.notPublished
        }
        guard publication.isDue(on: change.today) else { throw PublicationRefusal.notDue(publication.notBefore ?? change.today) }
        let known = try PublicationCase.load(textId, revision: publication.revisionId, change)
        let unmet = try known.lines(known.particulars(change), today: change.today).filter { !$0.isMet }
        guard unmet.isEmpty else { throw Refusals(unmet.map { $0.refusal(known, words) }) }
        try change.trace("text", textId, programme: publication.programmeId)
        try open(publication, known, in: change)
        return 1
    }

    /// Takes a publication back, to repair a mistake: neither page nor search shows it any more.
    /// - Throws: `PublicationRefusal`
    static func unpublish(_ textId: String, reason: String, in change: Change) throws {
        guard let publication = try PublicationQueries.of(textId, change), publication.state != .withdrawn else {
            throw PublicationRefusal.notPublished
        }
        guard !Markdown.isBlank(reason) else { throw PublicationRefusal.noReason(field: "withdrawal") }
        try change.run(
            """
            UPDATE publication SET unpublished_at = \(change.now), unpublished_reason = \(reason) WHERE id = \(publication.id)
            """)
        try change.narrow(publication.id, to: .scope)
        PaperShelf(change.site).clear(publication.id)
        try change.unindex(publication.id)
        try TextMail.closeReplies(to: textId, in: change)
        let known = try PublicationCase.load(textId, revision: publication.revisionId, change)
        try close(try PublicationQueries.citations(of: publication.revisionId, change), besides: publication, known, in: change)
        if try PublicationQueries.open(about: known.visit.id, change).isEmpty {
            try VisitStage.goBack(known.visit.id, from: .published, to: .validated, in: change)
        }
        try change.trace("text", textId, programme: publication.programmeId, ["version": String(publication.version)])
    }

    /// A consent was settled anew: the open publications that quote the words say anew which dimensions they cover; those that
    /// show an image of a text keep no paper with it.
    static func follow(_ objectId: String, in change: Change) throws {
        for publication in try PublicationQueries.open(showing: objectId, change) { PaperShelf(change.site).clear(publication.id) }
        for publication in try PublicationQueries.open(quoting: objectId, change) {
            let known = try PublicationCase.load(publication.textId, revision: publication.revisionId, change)
            try note(known, publication, in: change)
            PaperShelf(change.site).clear(publication.id)
            try change.index(try PublicationIndex.document(publication, known.head, change))
        }
    }

    // MARK: Steps

    /// The dimensions that its quotations cover: what readers filter by.
    private static func note(_ known: PublicationCase, _ publication: Publication, in change: Change) throws {
        try change.run("DELETE FROM publication_dimension WHERE publication_id = \(publication.id)")
        for dimension in Set(known.excerpts.filter { known.allowances[$0.id] == .given }.compactMap(\.dimensionId)) {
            try change.run(
                "INSERT INTO publication_dimension (publication_id, dimension_id) VALUES (\(publication.id), \(dimension))")
        }
    }

    private static func open(_ publication: Publication, _ known: PublicationCase, in change: Change) throws {
        let isNew = publication.openedAt == nil
        if isNew { try change.run("UPDATE publication SET opened_at = \(change.now) WHERE id = \(publication.id)") }
        try change.widen(publication.id, to: .everyone)
        for excerpt in known.excerpts {
            try Excerpts.show(excerpt.id, at: "\(publication.path)/sources/\(excerpt.id)", in: change)
        }
        try change.index(try PublicationIndex.document(publication, known.head, change))
        try VisitStage.advance(known.visit.id, to: .published, in: change)
        try tell(publication, known, in: change)
        try TextMail.openReplies(to: known.text.id, of: known.visit, title: publication.title, in: change)
    }

    /// Hidden until its day, even when an earlier version was open.
    private static func schedule(_ publication: Publication, in change: Change) throws {
        try change.run("UPDATE publication SET opened_at = NULL WHERE id = \(publication.id)")
        try change.narrow(publication.id, to: .scope)
        try change.unindex(publication.id)
    }

    /// Quotations that no open publication shows any more go back to the visiting group and its host.
    private static func close(_ excerptIds: [String], besides publication: Publication, _ known: PublicationCase, in change: Change) throws {
        let kept = try PublicationQueries.citedElsewhere(excerptIds, besides: publication.id, change)
        for id in Set(excerptIds).subtracting(kept) { try Excerpts.close(id, in: change) }
    }

    /// Those who validated, and those who asked the people quoted for their consent.
    private static func tell(_ publication: Publication, _ known: PublicationCase, in change: Change) throws {
        let consents = try ExcerptQueries.consents(of: known.excerpts.map(\.id), change)
        let collectors = consents.values.flatMap { $0 }.compactMap(\.collectedBy)
        let people = Set((known.validation?.people.map(\.personId) ?? []) + collectors).subtracting([change.actor.personId ?? ""])
        for person in people.sorted() {
            try change.write(
                to: person, "library.mail.published", ["title": publication.title], opening: publication.path, about: publication.id)
        }
    }

    /// The address typed, or one made from the title that nothing else has.
    private static func slug(_ form: PublicationForm, _ known: PublicationCase, _ reader: any Reader) throws -> String {
        if let slug = form.slug {
            guard try !PublicationQueries.isTaken(slug, besides: known.text.id, reader) else { throw PublicationRefusal.slugTaken(slug) }
            return slug
        }
        if let publication = known.publication { return publication.slug }
        let made = French.slug(known.head.title)
        let wanted = made.isEmpty ? "ressource" : made
        var slug = wanted
        var number = 2
        while try PublicationQueries.isTaken(slug, besides: known.text.id, reader) {
            slug = "\(wanted)-\(number)"
            number += 1
        }
        return slug
    }
}

extension PublicationRule.Line {
    /// What is said of the line, met or not: the key of its sentence and what it holds.
    func refusal(_ known: PublicationCase, _ words: Words) -> Refused {
        let names = people.map { known.validation?.person($0)?.name ?? "" }.filter { !$0.isEmpty }
        var arguments: [String: any WordArgument] = numbers
        arguments["names"] = names.isEmpty ? words("library.rule.nobody") : words.list(names)
        if let deadline = known.validation?.request.deadline { arguments["day"] = deadline }
        return Refused("library.rule.\(subject.rawValue).\(reason)", arguments, field: field)
    }

    private var field: String? { subject.isTyped ? subject.rawValue : nil }
}
