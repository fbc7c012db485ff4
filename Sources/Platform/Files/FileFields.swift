import Formats

/// The fields that ask for a file and for what is to be said of it.
public struct FileFields {
    let form: FormView
    var words: Words { form.request.words }

    public init(_ form: FormView) {
        self.form = form
    }

    private static let images = "image/jpeg,image/png,image/webp,image/gif,image/heic,image/avif"
    private static let documents = ".pdf,.odt,.docx,.ods,.xlsx,.txt,.csv"

    /// An image or a document for a text.
    public var ofText: Markup {
        file("platform.file.field.file", "platform.file.field.file.hint", accept: "\(Self.images),\(Self.documents)") + described
            + form.input("caption", words("platform.file.field.caption"), hint: words("platform.file.field.caption.hint"))
            + form.input("credit", words("platform.file.field.credit"), hint: words("platform.file.field.credit.hint"), width: "medium")
            + people("platform.file.people", Attachment.People.allCases)
            + form.input("agreement", words("platform.file.field.agreement"), hint: words("platform.file.field.agreement.hint"))
    }

    /// A photograph for a note: a phone offers its camera.
    public var ofNote: Markup {
        file("platform.file.field.photo", "platform.file.field.photo.hint", accept: "image/*") + described
            + people("platform.file.peopleOfNote", [.none, .pending])
    }

    /// A document for a visit.
    public var ofVisit: Markup {
        form.input("caption", words("platform.file.field.title"), hint: words("platform.file.field.title.hint"))
            + file("platform.file.field.file", "platform.file.field.file.hint", accept: "\(Self.documents),\(Self.images)")
    }

    private func file(_ label: String, _ hint: String, accept: String) -> Markup {
        let limits = words(hint, ["most": ReceivedFile.limit >> 20])
        // A browser gives no file back to a form that it shows again.
        let again = form.problems.isEmpty ? "" : " \(words("platform.file.again"))"
        return form.file("file", words(label), hint: limits + again, accept: accept)
    }

    private var described: Markup {
        form.input("alternative", words("platform.file.field.alternative"), hint: words("platform.file.field.alternative.hint"))
            + form.check("decorative", words("platform.file.field.decorative"))
    }

    private func people(_ key: String, _ answers: [Attachment.People]) -> Markup {
        form.choices(
            "people", words(key), hint: words("\(key).hint"),
            options: answers.map { (value: $0.rawValue, label: words.name(key, of: $0)) })
    }
}

extension Attachment {
    /// The image, at the width that the screen needs, read when it comes near the window.
    /// - Parameter base: what stands before its address, behind a private link.
    public func image(base: String = "", alternative: String? = nil) -> Markup {
        let (path, width, small) = (base + address, width ?? 0, smallWidth ?? 0)
        let sizes: Markup =
            small < width
            ? " srcset=\"\(path)?largeur=\(Picture.little) \(small)w, \(path) \(width)w\" sizes=\"(max-width: 44rem) 100vw, 44rem\"" : .empty
        return """
            <img src="\(path)"\(sizes) width="\(width)" height="\(height ?? 0)" alt="\(alternative ?? self.alternative)" loading="lazy" decoding="async">
            """
    }

    /// A document as a link that says what it is.
    public func link(_ words: Words, label: String) -> Markup {
        "<a href=\"\(address)\">\(label)</a> <span class=\"meta\">(\(about(words)))</span>"
    }
}
