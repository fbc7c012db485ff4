import Events
import Formats
import Grids
import Platform
import Visits

/// By what a notebook is read: half-day, encounter, sub-group or dimension.
enum NoteGrouping: String, CaseIterable {
    case slot, encounter, subgroup, dimension

    init(_ query: Fields) {
        self = query["vue"].flatMap(NoteGrouping.init) ?? .slot
    }

    func title(of block: NoteBlock, _ words: Words) -> String {
        switch self {
        case .slot: block.day.map { "\(words.day($0)), \(words("events.half.\(block.half ?? "am")"))" } ?? words("notes.group.noSlot")
        case .encounter: block.encounter ?? words("notes.group.noEncounter")
        case .subgroup: block.subgroup ?? words("notes.field.wholeGroup")
        case .dimension: block.dimensions.first?.name ?? words("notes.group.noDimension")
        }
    }
}

/// The pieces of the notebook page.
struct NotebookViews {
    let request: Request
    let open: OpenNotebook
    /// The photographs of the blocks shown, by block.
    var photos: [String: [Attachment]] = [:]
    var words: Words { request.words }
    private var lang: Markup { words.lang(open.visit.programmeLanguage) }
    /// The same for what the script shows.
    var written: Markup {
        Markup.attribute("data-written", value: lang.isEmpty ? nil : open.visit.programmeLanguage.rawValue)
    }

    /// Said once, after an act.
    var done: Markup {
        switch request.query["fait"] {
        case "ecrite": "<p class=\"notice success\" role=\"status\">\(words("notes.done.written"))</p>"
        case "partagee": "<p class=\"notice success\" role=\"status\">\(words("notes.done.shared"))</p>"
        case "partagees":
            "<p class=\"notice success\" role=\"status\">\(words("notes.done.allShared"))\(request.query["commencee"] == "1" ? " \(words("notes.done.notBegun"))" : "")</p>"
        case "reprise": "<p class=\"notice success\" role=\"status\">\(words("notes.done.takenBack"))</p>"
        case "remise": "<p class=\"notice success\" role=\"status\">\(words("notes.done.restored"))</p>"
        case "photo": "<p class=\"notice success\" role=\"status\">\(words("notes.done.photo"))</p>"
        case "photo-remise": "<p class=\"notice success\" role=\"status\">\(words("notes.done.photoRestored"))</p>"
        case "photo-retiree": photoRemoved
        case "retiree":
            if let id = request.query["note"], Identifier.isName(id) {
                """
                <div class="notice undo" role="status" data-undo="20"><p>\(words("notes.done.withdrawn"))</p>\(request.act("\(open.path)/\(id)/retour", words("notes.done.undo")))<span data-undo-left></span></div>
                """
            } else {
                .empty
            }
        default: .empty
        }
    }

    private var photoRemoved: Markup {
        guard let note = request.query["note"], let photo = request.query["photo"], Identifier.isName(note), Identifier.isName(photo)
        else { return .empty }
        return """
            <div class="notice undo" role="status" data-undo="20"><p>\(words("notes.done.photoRemoved"))</p>\(request.act("\(open.path)/\(note)/photos/\(photo)/retour", words("notes.done.undo")))<span data-undo-left></span></div>
            """
    }

    private func pictures(_ block: NoteBlock) -> Markup {
        guard let shown = photos[block.id], !shown.isEmpty else { return .empty }
        let items = shown.map { photo -> Markup in
            let people: Markup =
                photo.people == .none ? .empty : "<figcaption class=\"meta\">\(consent(photo))</figcaption>"
            let act =
                block.authorId == request.viewer.personId
                ? request.act("\(open.path)/\(block.id)/photos/\(photo.id)/retrait", words("notes.photo.remove"), style: "link") : .empty
            let shown = photo.isSound ? photo.sound(words("notes.sound.label")) : photo.image()
            return "<figure class=\"image\">\(shown)\(people)</figure>\(act)"
        }
        return "<div class=\"photos\">\(items)</div>"
    }

    /// Who can be recognised on a photograph or a sound, and what they agreed to.
    private func consent(_ media: Attachment) -> String {
        if media.people == .agreed { return words("notes.media.agreed", ["agreement": media.agreement]) }
        return words(media.isSound ? "notes.sound.people" : "notes.photo.people")
    }

    /// - Parameters:
    ///   - isKnown: the block keeps its identifier: it was written before, or came back refused.
    ///   - former: the block as it was: a sub-group that is no more is still its own.
    func form(
        _ fields: Fields, _ problems: [Problem], next: Int = 1, isEdit: Bool = false, isKnown: Bool = false, former: NoteBlock? = nil
    ) -> Markup {
        let form = FormView(request, values: fields, problems: problems)
        let later = [(value: "", label: words("notes.field.later"))]
        let slots = later + open.slots.map { (value: $0.id, label: $0.said(in: words)) }
        let encounters = later + open.encounters.map { (value: $0.id, label: $0.title) }
        let apart = subgroups(besides: former)
        let subgroup: Markup =
            apart.isEmpty
            ? .empty
            : "<div class=\"row\">\(form.select("subgroup", words("notes.field.subgroup"), options: [(value: "", label: words("notes.field.wholeGroup"))] + apart))</div>"
        let speakers =
            [(value: "", label: words("notes.field.nobody"))]
            + StakeholderKind.allCases.map { (value: $0.rawValue, label: words.name("events.kind", of: $0)) }
        let manners = Manner.allCases.map {
            (value: $0.rawValue, label: "\(words("notes.manner.\($0.rawValue)")) — \(words("notes.manner.\($0.rawValue).help"))")
        }
        return """
            <form class="notebook" method="post" action="\(open.path)" data-once data-notebook\(Markup.flag("data-edit", if: isEdit || isKnown))\(Markup.flag("data-begun", if: former?.isBegun == true)) data-sync="/api/v1/blocs" data-worker="\(PhonePages.worker)" data-visit="\(open.visit.id)" data-next="\(next)" data-login="/connexion?next=\(open.path)" data-goes="\(goes)" data-halves="\(halves)" data-words="\(scriptWords)">\(request.formField)\(form.hidden("id", fields["id"] ?? ""))\(form.hidden("base", fields["base"] ?? "0"))\(form.hidden("sequence", fields["sequence"] ?? "1"))
            \(form.area("text", words("notes.field.text"), hint: words("notes.field.text.hint"), rows: 5, isRequired: true))
            \(form.choices("manner", words("notes.field.manner"), options: manners))
            \(form.check("offRecord", words("notes.field.offRecord")))
            <div class="row">\(form.select("slot", words("notes.field.slot"), options: slots))\(form.select("encounter", words("notes.field.encounter"), options: encounters))</div>
            \(subgroup)\(form.select("speaker", words("notes.field.speaker"), options: speakers))\(dimensions(form))
            <details\(Markup.flag("open", if: !(fields["place"] ?? "").isEmpty))><summary>\(words("notes.field.place.add"))</summary>\(form.input("place", words("notes.field.place"), hint: words("notes.field.place.hint")))</details>
            <noscript><p class="hint">\(words("notes.notebook.noScript"))</p></noscript>
            <p class="meta" data-notebook-state role="status"></p><p class="meta" data-notebook-opening role="status"></p>
            <div class="acts"><button class="button">\(words(isEdit ? "notes.edit.button" : "notes.notebook.button"))</button>\(isEdit ? " <a href=\"\(open.path)\">\(words("notes.edit.cancel"))</a>" as Markup : .empty)</div></form>
            """
    }

    /// Boxes to tick with a thumb: a note may be about several.
    private func dimensions(_ form: FormView) -> Markup {
        guard !open.dimensions.isEmpty else { return .empty }
        let options = open.dimensions.map { (value: $0.id, label: $0.name) }
        return "<div class=\"tags\">\(form.choices("dimension", words("notes.field.dimensions"), options: options, several: true))</div>"
    }

    private func subgroups(besides former: NoteBlock?) -> [(value: String, label: String)] {
        let known = open.subgroups.map { (value: $0.id, label: $0.name) }
        guard let id = former?.ownSubgroupId, let name = former?.subgroup, !known.contains(where: { $0.value == id }) else { return known }
        return known + [(value: id, label: name)]
    }

    /// Which sub-group goes to each encounter, for the script.
    private var goes: String {
        let pairs = open.encounters.compactMap { encounter in encounter.subgroupId.map { (encounter.id, JSONValue.string($0)) } }
        return CanonicalJSON.encode(.object(Dictionary(pairs) { first, _ in first }))
    }

    /// The half-days by their day and their half, for the script to propose the one of the moment.
    private var halves: String {
        let pairs = open.slots.map { ("\($0.day.iso) \($0.half.rawValue)", JSONValue.string($0.id)) }
        return CanonicalJSON.encode(.object(Dictionary(pairs) { first, _ in first }))
    }

    func shareAll(_ count: Int) -> Markup {
        """
        <div class="next" data-share-all><p><strong>\(words("notes.share.mine", ["n": count]))</strong> \(words("notes.share.explain"))</p>\(request.act("\(open.path)/partage", words("notes.share.all", ["n": count]), style: "button"))</div>
        """
    }

    func list(_ blocks: [NoteBlock], grouping: NoteGrouping) -> Markup {
        guard !blocks.isEmpty else {
            return """
                <div class="empty" data-notebook-empty><h3>\(words("notes.empty.title"))</h3><p>\(words("notes.empty.text"))</p></div><ol class="blocks" data-notebook-list\(written)></ol>
                """
        }
        var groups: [(title: String, blocks: [NoteBlock])] = []
        for block in blocks {
            let title = grouping.title(of: block, words)
            if let index = groups.firstIndex(where: { $0.title == title }) { groups[index].blocks.append(block) } else { groups.append((title, [block])) }
        }
        let lists = groups.map { group -> Markup in
            "<h3>\(group.title)</h3><ol class=\"blocks\">\(items(group.blocks))</ol>"
        }
        return "<ol class=\"blocks\" data-notebook-list\(written)></ol>\(lists)\(request.manyActs)"
    }

    /// What one took away, to put it back.
    func withdrawn(_ notes: [NotebookShown.Withdrawn]) -> Markup {
        guard !notes.isEmpty else { return .empty }
        let items = notes.map { note -> Markup in
            """
            <li class="block"><p class="words"\(lang)>\(note.text)</p><div class="acts">\(request.act("\(open.path)/\(note.id)/retour", words("notes.withdrawn.restore"), style: "link"))</div></li>
            """
        }
        return """
            <details class="no-print"><summary>\(words("notes.withdrawn.title", ["n": notes.count]))</summary><p>\(words("notes.withdrawn.lede"))</p><ol class="blocks">\(items)</ol></details>
            """
    }

    private func items(_ blocks: [NoteBlock]) -> [Markup] {
        var shown: Set<String> = []
        return blocks.compactMap { block in
            guard block.isTwin else { return item(block) }
            guard shown.insert(block.id).inserted else { return nil }
            return twin(blocks.filter { $0.id == block.id })
        }
    }

    private func meta(_ block: NoteBlock) -> Markup {
        let parts = [
            block.author, block.encounter ?? "", block.subgroup ?? "", block.speaker.map { words("events.kind.\($0)") } ?? "",
            words("notes.manner.\(block.manner.rawValue)"), block.dimensions.isEmpty ? "" : words.list(block.dimensions.map(\.name)), block.place,
        ].filter { !$0.isEmpty }
        let states =
            block.isShared
            ? ["group"] : (block.isBegun ? ["begun"] : []) + (block.isOffRecord ? ["offRecord"] : block.isBegun ? [] : ["author"])
        let told = states.map { state -> Markup in
            " <span class=\"audience\" data-audience=\"\(block.isShared ? "group" : "author")\">\(words("notes.audience.\(state)"))</span>"
        }
        return "<p class=\"meta\">\(parts.joined(separator: " · "))\(told)</p>"
    }

    private func item(_ block: NoteBlock) -> Markup {
        """
        <li class="block" data-manner="\(block.manner.rawValue)" id="note-\(block.id)" data-block="\(block.id)" data-version="\(block.version)"\(Markup.flag("data-begun", if: block.isBegun))>\(meta(block))<p class="words"\(lang)>\(block.text)</p>\(pictures(block))\(acts(block))</li>
        """
    }

    /// Two versions written from the same one: both are there, and their author may keep one.
    private func twin(_ versions: [NoteBlock]) -> Markup {
        let first = versions[0]
        let isMine = first.authorId == request.viewer.personId
        let shown = versions.enumerated().map { index, block -> Markup in
            let keep: Markup =
                isMine ? request.act("\(open.path)/\(block.id)/version", words("notes.twin.keep"), style: "link", hidden: ["version": String(block.version)]) : .empty
            return "<p class=\"meta\">\(NoteWords.version(index, block, words))</p><p class=\"words\"\(lang)>\(block.text)</p>\(keep)"
        }
        return """
            <li class="block twin" data-manner="\(first.manner.rawValue)" id="note-\(first.id)" data-block="\(first.id)">\(meta(first))<p class="notice warning">\(words("notes.twin.explain"))</p>\(shown)\(pictures(first))\(acts(first))</li>
            """
    }

    private func acts(_ block: NoteBlock) -> Markup {
        guard block.authorId == request.viewer.personId else { return .empty }
        let share: Markup =
            block.isOffRecord
            ? .empty
            : block.isShared
                ? request.actOfMany("\(open.path)/\(block.id)/reprise", words("notes.share.takeBack"))
                : request.actOfMany("\(open.path)/\(block.id)/partage", words("notes.share.one"))
        return """
            <div class="acts no-print"><a href="\(open.path)/\(block.id)">\(words("notes.act.edit"))</a> <a href="\(open.path)/\(block.id)/photos">\(words("notes.act.photo"))</a> \(share) \(request.actOfMany("\(open.path)/\(block.id)/retrait", words("notes.act.withdraw")))</div>
            """
    }
}
