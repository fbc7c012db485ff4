import Formats
import Platform

extension NoteFilter {
    /// The filters of a list of notes, folded: the notes come first.
    /// - Parameter chosen: what is filtered by, in words, said where it stays folded all the same.
    package static func folded(_ filters: Markup, isOpen: Bool = false, chosen: [String] = [], _ words: Words) -> Markup {
        let summary = chosen.isEmpty ? words("notes.filter.open") : words("notes.filter.chosen", ["names": words.list(chosen)])
        return "<details class=\"note-filters no-print\"\(Markup.flag("open", if: isOpen))><summary>\(summary)</summary>\(filters)</details>"
    }
}
