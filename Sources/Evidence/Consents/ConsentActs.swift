import Database
import Formats
import Platform
import Visits

/// Recording what the person quoted says: yes, no, not any more; and how they are shown.
enum ConsentActs {
    static func record(_ request: Request) async throws -> Response {
        let id = request["excerpt"]
        let form = request.form
        let collectors = try await request.site.database.read { reader in
            let (excerpt, thing) = try Excerpts.open(id, request, reader)
            guard request.site.policy.allows(.recordConsent, request.viewer, on: thing) else { throw Forbidden(.recordConsent) }
            return try Collectors.of(excerpt, reader, request).map(\.id)
        }
        return try await request.attempt {
            let answer = try ConsentForm(form, collectors: collectors, today: request.now.day())
            try await request.site.amend(as: answer.isGiven ? "excerpt.allowed" : "excerpt.refused", by: request.actor) { change in
                let excerpt = try Excerpts.require(.recordConsent, on: id, change)
                try excerpt.base.check(form, otherwise: Refused("evidence.refusal.shownOtherwise"))
                try add(answer, to: excerpt, in: change)
            }
            return .redirect("/extraits/\(id)?fait=\(answer.isGiven ? "allowed" : "refused")")
        } otherwise: { problems in
            try await ExcerptPage.page(request, typed: form, problems: problems)
        }
    }

    private static func add(_ answer: ConsentForm, to excerpt: Excerpt, in change: Change) throws {
        var excerpt = excerpt
        let undone = answer.isGiven ? excerpt.withdrawnAt : nil
        // Only a new yes undoes a withdrawal.
        if undone != nil {
            excerpt.withdrawnAt = nil
            try change.run("UPDATE excerpt SET withdrawn_at = NULL WHERE id = \(excerpt.id)")
        }
        let file = try answer.file.map { file in try change.keep(file.content, file.kind, of: excerpt.id) }
        try ExcerptQueries.insert(
            Consent(
                id: change.newId(), excerptId: excerpt.id, isGiven: answer.isGiven, askedHow: answer.askedHow,
                collectedBy: answer.collectedBy, collectedOn: answer.collectedOn, purpose: answer.purpose,
                shownHash: excerpt.shownHash, proof: answer.proof, proofFileId: file, recordedAt: change.now, undidWithdrawalAt: undone),
            in: change)
        try change.trace(
            "excerpt", excerpt.id, programme: excerpt.programmeId,
            ["purpose": answer.purpose.rawValue, "how": answer.askedHow.rawValue])
        try Excerpts.settle(excerpt, in: change)
    }

    static func withdraw(_ request: Request) async throws -> Response {
        let id = request["excerpt"]
        let form = request.form
        return try await request.attempt {
            try await request.site.amend(as: "excerpt.withdrawn", by: request.actor) { change in
                let excerpt = try Excerpts.require(.recordConsent, on: id, change)
                guard form.has("confirmed") else { throw Refused("evidence.refusal.notConfirmed", field: "confirmed") }
                guard excerpt.withdrawnAt == nil else {
                    return try change.trace("excerpt", id, programme: excerpt.programmeId, as: "excerpt.withdrawnAgain")
                }
                // The same words shown by another excerpt would come back by it.
                for excerpt in try [excerpt] + ExcerptQueries.sharing(excerpt, change) { try take(excerpt, in: change) }
            }
            return .redirect("/extraits/\(id)?fait=withdrawn")
        } otherwise: { problems in
            try await ExcerptPage.page(request, typed: form, problems: problems)
        }
    }

    static func take(_ excerpt: Excerpt, in change: Change) throws {
        var excerpt = excerpt
        excerpt.withdrawnAt = change.now
        try change.run("UPDATE excerpt SET withdrawn_at = \(change.now) WHERE id = \(excerpt.id)")
        try change.run(
            "UPDATE consent SET withdrawn_at = \(change.now) WHERE excerpt_id = \(excerpt.id) AND withdrawn_at IS NULL")
        try change.trace("excerpt", excerpt.id, programme: excerpt.programmeId)
        try Excerpts.settle(excerpt, in: change)
    }

    /// Another way to show who speaks: what was answered about the earlier one counts no more.
    static func attribute(_ request: Request) async throws -> Response {
        let id = request["excerpt"]
        let form = request.form
        return try await request.attempt {
            try await request.site.amend(as: "excerpt.attributed", by: request.actor) { change in
                var excerpt = try ExcerptQueries.excerpt(id, change)
                try change.require(.citeNote, on: id)
                (excerpt.attribution, excerpt.shownAs) = try Citation.attribution(form)
                try change.run(
                    "UPDATE excerpt SET attribution = \(excerpt.attribution), shown_as = \(excerpt.shownAs) WHERE id = \(id)")
                try change.trace(
                    "excerpt", id, programme: excerpt.programmeId, ["attribution": excerpt.attribution.rawValue])
                try Excerpts.settle(excerpt, in: change)
            }
            return .redirect("/extraits/\(id)?fait=attributed")
        } otherwise: { problems in
            try await ExcerptPage.page(request, typed: form, problems: problems)
        }
    }

    /// Whether readers are told the kind of meeting. Once the person agreed without it, it is not said.
    static func locate(_ request: Request) async throws -> Response {
        let id = request["excerpt"]
        let hides = request.form.line("encounter") == "hidden"
        return try await request.attempt {
            try await request.site.amend(as: "excerpt.located", by: request.actor) { change in
                try change.require(.citeNote, on: id)
                let excerpt = try ExcerptQueries.excerpt(id, change)
                let allowance = try ExcerptQueries.allowances(of: [excerpt], change)[id]
                guard hides || allowance != .given else { throw Refused("evidence.refusal.encounterHidden") }
                try change.run("UPDATE excerpt SET hides_encounter = \(hides) WHERE id = \(id)")
                try change.trace("excerpt", id, programme: excerpt.programmeId)
            }
            return .redirect("/extraits/\(id)?fait=located")
        } otherwise: { problems in
            try await ExcerptPage.page(request, problems: problems)
        }
    }

    /// The file that proves an answer: for whoever records them, as a file to save.
    static func proof(_ request: Request) async throws -> Response {
        let id = request["excerpt"]
        let file = try await request.site.database.read { reader in
            let thing = try reader.see(id, request)
            guard request.site.policy.allows(.recordConsent, request.viewer, on: thing) else {
                throw Forbidden(.recordConsent)
            }
            return try reader.first(
                ProofFile.self,
                "SELECT hash, kind, name FROM file WHERE id = \(request["file"]) AND owner_id = \(id)")
        }
        guard let file, let bytes = request.site.files.content(file.hash) else { throw NotFound() }
        return .download(bytes, type: file.kind.rawValue, name: file.kind.named(file.name))
    }
}

private struct ProofFile: Decodable {
    var hash: String
    var kind: FileStore.Kind
    var name: String
}

/// Who may have asked the person quoted: the visiting group, and whoever records the answer.
enum Collectors {
    static func of(_ excerpt: Excerpt, _ reader: any Reader, _ request: Request) throws -> [(id: String, name: String)] {
        let visit = try VisitQueries.load(id: excerpt.visitId, reader)
        let people = try Delegation.people(visit, reader)
        var found = (people.staff + people.visitors).map { (id: $0.id, name: $0.name) }
        if let id = request.viewer.personId, let name = request.viewer.name, !found.contains(where: { $0.id == id }) {
            found.insert((id: id, name: name), at: 0)
        }
        return found
    }
}
