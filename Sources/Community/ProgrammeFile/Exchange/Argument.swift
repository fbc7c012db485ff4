extension ProgrammeFile {
    /// A value that goes into a sentence: words as they are, or numbers to be written as the reader's language does.
    public enum Argument: Sendable, Equatable {
        case text(String)
        case quantity(Quantity)
        case range(Quantity, Quantity)
        /// Several values of which one at most is right.
        case alternatives([Argument])

        static func number(_ value: Int) -> Argument { .quantity(Quantity(value)) }

        /// The argument as it is read: French writes 2,5 where English writes 2.5.
        public func words(in language: Language) -> String {
            switch self {
            case .text(let text): text
            case .quantity(let quantity): quantity.words(in: language)
            case .range(let low, let high): "\(low.words(in: language))–\(high.words(in: language))"
            case .alternatives(let values): values.map { $0.words(in: language) }.joined(separator: " / ")
            }
        }
    }
}
