import Database

/// One of the looks that a synthesis takes at a visit, as the file of the programme gives it: a section of the text.
package struct Lens: Sendable, Equatable {
    package let key: String
    package let title: String
    /// What the people who write are reminded of.
    package let guidance: String
}

extension Programme {
    /// The looks of its file, in order; none when it has no file or the file gives none.
    package func lenses(_ reader: any Reader) throws -> [Lens] {
        try ProgrammeParts.file(of: id, reader)?.lenses.map {
            Lens(key: $0.id, title: $0.title, guidance: $0.guidance ?? "")
        } ?? []
    }
}
