import Formats

/// How one scalar of the file is understood, and written back.
struct FileShape<Value> {
    let read: (String) -> Result<Value, FileFault>
    let write: (Value) -> String
}

/// One word of a closed list, as the file spells it.
protocol FileChoice: RawRepresentable<String>, CaseIterable {}

extension FileShape where Value == String {
    /// A single line of at most 500 characters.
    static var line: FileShape {
        FileShape(read: { bounded(CleanText.line($0), limit: 500) }, write: { $0 })
    }

    /// Several lines of at most 50,000 characters; blank lines at both ends are dropped.
    static var text: FileShape {
        FileShape(read: { bounded(trimmed(CleanText.normalize($0)), limit: 50_000) }, write: { $0 })
    }

    /// Lowercase letters without accent, digits, `-`, `_` and `.`, at most 80, with a letter or a digit first.
    static var identifier: FileShape { name(also: "-_.", fault: "badIdentifier") }

    /// The last part of an address: lowercase letters without accent, digits and `-`, at most 80.
    static var slug: FileShape { name(also: "-", fault: "badSlug") }

    private static func name(also signs: String, fault: String) -> FileShape {
        FileShape(
            read: { typed in
                let isGood =
                    (1...80).contains(typed.utf8.count) && typed.utf8.first.map(\.isLetterOrDigit) == true
                    && typed.utf8.allSatisfy { $0.isLetterOrDigit || signs.utf8.contains($0) }
                return isGood ? .success(typed) : .failure(FileFault(fault, ["found": .text(FileFault.shown(typed))]))
            }, write: { $0 })
    }

    private static func bounded(_ clean: String, limit: Int) -> Result<String, FileFault> {
        if clean.isEmpty { return .failure(FileFault("blank")) }
        if clean.unicodeScalars.count > limit { return .failure(FileFault("tooLong", ["limit": .number(limit)])) }
        return .success(clean)
    }

    private static func trimmed(_ text: String) -> String {
        var rest = Substring(text)
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}

extension FileShape where Value == Int {
    /// A whole number within bounds.
    static func number(in range: ClosedRange<Int>) -> FileShape {
        FileShape(
            read: { typed in
                guard !typed.isEmpty, typed.utf8.drop(while: { $0 == UInt8(ascii: "-") }).allSatisfy(\.isDigit) else {
                    return .failure(FileFault("notNumber", ["found": .text(FileFault.shown(typed))]))
                }
                guard let number = Int(typed), range.contains(number) else {
                    return .failure(
                        FileFault(
                            "outOfRange",
                            [
                                "found": .text(FileFault.shown(typed)), "minimum": .number(range.lowerBound),
                                "maximum": .number(range.upperBound),
                            ]))
                }
                return .success(number)
            }, write: { String($0) })
    }
}

extension FileShape where Value == ProgrammeFile.Quantity {
    /// A count of days, pages or people from 0 to 100,000, with at most two decimals.
    static var quantity: FileShape {
        FileShape(
            read: { typed in
                ProgrammeFile.Quantity(typed).map(Result.success)
                    ?? .failure(FileFault("notQuantity", ["found": .text(FileFault.shown(typed))]))
            }, write: { $0.description })
    }
}

extension FileShape where Value == Bool {
    /// `oui` or `non`; the words of YAML and JSON are understood too.
    static var flag: FileShape {
        FileShape(
            read: { typed in
                switch typed {
                case "oui", "vrai", "true": .success(true)
                case "non", "faux", "false": .success(false)
                default: .failure(FileFault("notYesOrNo", ["found": .text(FileFault.shown(typed))]))
                }
            }, write: { $0 ? "oui" : "non" })
    }
}

extension FileShape where Value: FileChoice {
    static func choice() -> FileShape {
        FileShape(
            read: { typed in
                if let value = Value(rawValue: typed) { return .success(value) }
                let known = Value.allCases.map(\.rawValue)
                return .failure(
                    FileFault(
                        "unknownValue",
                        ["found": .text(FileFault.shown(typed)), "known": .text(known.joined(separator: ", "))]))
            }, write: { $0.rawValue })
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    fileprivate var isLetterOrDigit: Bool { isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
}
