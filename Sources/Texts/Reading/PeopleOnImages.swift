import Database
import Formats
import Platform

/// The people who can be recognised on the images of a text: what they agreed to, who said so, and their change of mind.
enum PeopleOnImages {
    /// For who writes the text: each such image, and the form that records an agreement or takes it back.
    static func section(_ files: [Attachment], _ request: Request, _ open: OpenText, _ problems: [Problem]) -> Markup {
        guard !files.isEmpty, open.mayWrite(request), !open.isGuest else { return .empty }
        let words = request.words
        let items = files.map { file -> Markup in
            let path = "\(open.base)\(Attachment.folder)\(file.id)/accord"
            let name = [file.alternative, file.caption, file.name].first { !$0.isEmpty } ?? ""
            let act: Markup
            if file.people == .agreed {
                act =
                    "<p>\(words("texts.people.agreed", ["how": file.agreement]))</p>"
                    + request.act(path, words("texts.people.withdraw"), hidden: ["withdrawn": "1"])
            } else {
                let isHere = request["file"] == file.id
                let form = FormView(request, values: isHere ? request.form : Fields(), problems: isHere ? problems : [])
                act = form.form(
                    to: path, button: words("texts.people.button"), style: "button quiet",
                    form.input("agreement", words("texts.people.agreement"), hint: words("texts.people.agreementHint"), id: "agreement-\(file.id)"))
            }
            return "<li><p><a href=\"\(file.address)\">\(name)</a></p>\(act)</li>"
        }
        return """
            <section class="no-print" id="personnes"><h2>\(words("texts.people.title"))</h2><p>\(words("texts.people.lede"))</p><ul class="entries">\(items)</ul></section>
            """
    }

    /// Records an agreement, or takes it back: the image leaves every public page at once.
    static func post(_ request: Request, _ open: OpenText) async throws -> Response {
        let (id, fileId, form) = (open.text.id, request["file"], request.form)
        let isWithdrawn = form["withdrawn"] == "1"
        return try await request.attempt {
            try await request.site.amend(as: isWithdrawn ? "file.refused" : "file.agreed", by: request.actor) { change in
                let text = try change.requireWriting(id)
                let owners = [id, text.drawnFromId].compactMap(\.self)
                guard let file = try AttachmentQueries.one(fileId, change), owners.contains(file.ownerId), file.people != .none
                else { throw NotFound() }
                try change.settle(file, agreement: isWithdrawn ? nil : form.line("agreement"))
                for feature in change.site.features { try feature.settled?(file.ownerId, change) }
                try change.trace("text", id, programme: text.programmeId, ["file": fileId])
            }
            return .redirect(Done.path(open.base, isWithdrawn ? .imageHidden : .imageAgreed) + "#personnes")
        } otherwise: { problems in
            try await TextPage.page(request, open, problems: problems)
        }
    }
}
