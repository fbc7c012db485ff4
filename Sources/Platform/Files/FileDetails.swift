import Formats

/// What somebody says of a file they add.
public struct FileDetails: Sendable, Equatable {
    public var alternative: String
    public var isDecorative: Bool
    public var caption: String
    public var credit: String
    /// Nil when the question was not answered.
    public var people: Attachment.People?
    public var agreement: String

    public init(_ form: Fields) {
        alternative = form.line("alternative")
        isDecorative = form["decorative"] == "1"
        caption = form.line("caption")
        credit = form.line("credit")
        people = form["people"].flatMap(Attachment.People.init)
        agreement = form.line("agreement")
    }

    static let longest = 500

    /// The longest of each, in code points.
    private var lengths: [(field: String, text: String, most: Int)] {
        [("alternative", alternative), ("caption", caption), ("credit", credit), ("agreement", agreement)].map { ($0, $1, Self.longest) }
    }

    /// Everything that is missing for a file of that sort: who cannot see an image is told what it shows, and who can be
    /// recognised on it is asked.
    func refusals(isImage: Bool) -> [FileRefusal] {
        var refusals = lengths.filter { $0.text.unicodeScalars.count > $0.most }.map { FileRefusal.tooLong($0.field, $0.most) }
        guard isImage else { return refusals }
        if alternative.isEmpty, !isDecorative { refusals.append(.undescribed) }
        if !alternative.isEmpty, isDecorative { refusals.append(.described) }
        if people == nil { refusals.append(.unsaid) }
        if people == .agreed, agreement.isEmpty { refusals.append(.noAgreement) }
        return refusals
    }

    /// What is missing for a sound: whose voices can be recognised on it.
    /// - Throws: `Refusals`
    public func checkVoices() throws {
        var refusals = lengths.filter { $0.text.unicodeScalars.count > $0.most }.map { FileRefusal.tooLong($0.field, $0.most) }
        if people == nil { refusals.append(.unsaid) }
        if people == .agreed, agreement.isEmpty { refusals.append(.noAgreement) }
        guard refusals.isEmpty else { throw Refusals(refusals) }
    }

    /// - Throws: `Refusals`
    public func check(isImage: Bool) throws {
        let refusals = refusals(isImage: isImage)
        guard refusals.isEmpty else { throw Refusals(refusals) }
    }
}
