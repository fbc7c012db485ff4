extension ProgrammeFile {
    /// An exact count with at most two decimals: days of work, days of visit, pages.
    public struct Quantity: Sendable, Hashable, Comparable, CustomStringConvertible {
        public let hundredths: Int

        public init(hundredths: Int) { self.hundredths = hundredths }

        public init(_ whole: Int) { hundredths = whole * 100 }

        /// Reads `12`, `2,5` or `2.5`, from 0 to 100,000; `nil` otherwise.
        public init?(_ typed: String) {
            let parts = typed.split(omittingEmptySubsequences: false) { $0 == "," || $0 == "." }
            guard let whole = parts.first, (1...6).contains(whole.utf8.count), parts.count <= 2 else { return nil }
            let decimals = parts.count == 2 ? parts[1] : "0"
            let digits = (whole + decimals).utf8
            guard (1...2).contains(decimals.utf8.count),
                digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
                let units = Int(whole), let rest = Int(decimals), units <= 100_000
            else { return nil }
            hundredths = units * 100 + (decimals.utf8.count == 1 ? rest * 10 : rest)
        }

        /// With a point, as the file writes it.
        public var description: String { written(with: ".") }

        public func words(in language: ProgrammeFile.Language) -> String {
            written(with: language == .french ? "," : ".")
        }

        public static func < (left: Quantity, right: Quantity) -> Bool { left.hundredths < right.hundredths }
        public static func + (left: Quantity, right: Quantity) -> Quantity {
            Quantity(hundredths: left.hundredths + right.hundredths)
        }
        public static func - (left: Quantity, right: Quantity) -> Quantity {
            Quantity(hundredths: left.hundredths - right.hundredths)
        }
        public static func * (left: Quantity, times: Int) -> Quantity { Quantity(hundredths: left.hundredths * times) }

        private func written(with separator: String) -> String {
            let size = hundredths.magnitude
            let sign = hundredths < 0 ? "-" : ""
            switch size % 100 {
            case 0: return "\(sign)\(size / 100)"
            case let rest where rest % 10 == 0: return "\(sign)\(size / 100)\(separator)\(rest / 10)"
            case let rest: return "\(sign)\(size / 100)\(separator)\(rest < 10 ? "0" : "")\(rest)"
            }
        }
    }
}

extension Sequence<ProgrammeFile.Quantity> {
    var total: ProgrammeFile.Quantity { reduce(ProgrammeFile.Quantity(0), +) }
}
