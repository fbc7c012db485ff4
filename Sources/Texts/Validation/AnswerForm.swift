import Formats
import Platform

/// The questions put to whoever validates: exact, publishable, and what they answer.
enum AnswerForm {
    /// - Parameter forSomebody: entered by an officer in the name of whoever answered.
    static func fields(_ form: FormView, of text: TextKind, _ words: Words, forSomebody: Bool = false) -> Markup {
        /// A sentence of this kind of text, said to who answers or of them.
        func said(_ key: String) -> String {
            let other = "texts.answer.\(key).other"
            return words(text.key(forSomebody && words.has(other) ? other : "texts.answer.\(key)", words))
        }
        let yesNo = ["yes", "no"].map { (value: $0, label: words("texts.answer.\($0)")) }
        let kinds = Answer.Kind.allCases.map { (value: $0.rawValue, label: words(text.key("texts.answer.kind.\($0.rawValue)", words))) }
        let objections = Answer.Objection.allCases.map { (value: $0.rawValue, label: words.name("texts.objection", of: $0)) }
        let publication: Markup = text == .minutes ? .empty : form.choices("publishable", said("publishable"), hint: said("publishableHint"), options: yesNo)
        return [
            form.choices("exact", said("exact"), hint: said("exactHint"), options: yesNo), publication,
            form.choices("kind", said("kind"), options: kinds),
            form.area("text", said("text"), hint: said("textHint"), rows: 5),
            form.choices("objection", said("objection"), hint: said("objectionHint"), options: objections),
            text == .minutes ? .empty : form.area("interests", words("texts.answer.interests"), hint: said("interestsHint"), rows: 2),
        ].joined()
    }

    /// The form shows what one answered, or the interests one declared in one's profile.
    static func values(_ person: Validation.Person, interests: String) -> Fields {
        guard let answer = person.answer?.answer else { return Fields([("interests", interests)]) }
        return Fields([
            ("exact", answer.isExact ? "yes" : "no"), ("publishable", answer.isPublishable ? "yes" : "no"),
            ("kind", answer.kind.rawValue), ("text", answer.text), ("objection", answer.objection?.rawValue ?? ""),
            ("interests", answer.interests),
        ])
    }
}

extension Validation.Person {
    /// « Ana, directrice, ARDES ».
    public var said: String { [name, function, organization ?? ""].filter { !$0.isEmpty }.joined(separator: ", ") }
}
