import Formats

/// What happens when somebody saves a section: written over nothing that they had not read.
public enum SectionEdit: Equatable, Sendable {
    /// Nobody touched this section since: the new text takes its place in the latest revision.
    case save
    /// The text is already what it should become.
    case nothing
    /// Somebody else revised other paragraphs of the section meanwhile: the two together take its place.
    case join(String)
    /// Somebody else reworked the same paragraphs meanwhile: both are shown, and merged by a person.
    case conflict(Conflict)

    public struct Conflict: Equatable, Sendable {
        public let base: String
        public let mine: String
        public let theirs: String
    }

    /// - Parameters:
    ///   - mine: what was typed, from the revision `base` that its author had read.
    ///   - head: the latest revision.
    public static func decide(_ mine: String, section key: String, base: Revision, head: Revision) -> SectionEdit {
        let mine = CleanText.normalize(mine)
        let theirs = head.section(key)?.body ?? ""
        let before = base.section(key)?.body ?? ""
        if mine == theirs { return .nothing }
        if theirs == before { return .save }
        let merge = ParagraphMerge(base: before, mine: mine, theirs: theirs)
        guard merge.contested.isEmpty else { return .conflict(Conflict(base: before, mine: mine, theirs: theirs)) }
        return merge.text == theirs ? .nothing : .join(merge.text)
    }
}
