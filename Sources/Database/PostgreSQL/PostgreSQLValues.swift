/// Values as the protocol carries them in binary form, and the types of PostgreSQL that they have.
enum PostgreSQLValues {
    /// The number of a type in `pg_type`.
    enum Kind {
        static let boolean: UInt32 = 16
        static let bytes: UInt32 = 17
        static let bigint: UInt32 = 20
        static let smallint: UInt32 = 21
        static let integer: UInt32 = 23
        static let text: UInt32 = 25
        static let real: UInt32 = 700
        static let double: UInt32 = 701
        static let numeric: UInt32 = 1700
        static let texts: Set<UInt32> = [18, 19, 25, 705, 1042, 1043]
    }

    /// The type that a value is bound with; nil for a null.
    static func kind(_ value: SQLValue) -> UInt32? {
        switch value {
        case .null: nil
        case .integer: Kind.bigint
        case .real: Kind.double
        case .text: Kind.text
        case .blob: Kind.bytes
        }
    }

    static func append(_ value: SQLValue, to bytes: inout [UInt8]) {
        switch value {
        case .null: break
        case .integer(let number): withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
        case .real(let number): withUnsafeBytes(of: number.bitPattern.bigEndian) { bytes.append(contentsOf: $0) }
        case .text(let text): bytes.append(contentsOf: text.utf8)
        case .blob(let content): bytes.append(contentsOf: content)
        }
    }

    /// - Throws: `DatabaseProblem.other` for a type that the common SQL has not.
    static func value(_ bytes: UnsafeRawBufferPointer, kind: UInt32) throws -> SQLValue {
        switch kind {
        case Kind.bigint: .integer(Int64(bitPattern: whole(bytes, UInt64.self)))
        case Kind.integer: .integer(Int64(Int32(bitPattern: whole(bytes, UInt32.self))))
        case Kind.smallint: .integer(Int64(Int16(bitPattern: whole(bytes, UInt16.self))))
        case Kind.boolean: .integer(bytes[0] == 0 ? 0 : 1)
        case Kind.double: .real(Double(bitPattern: whole(bytes, UInt64.self)))
        case Kind.real: .real(Double(Float(bitPattern: whole(bytes, UInt32.self))))
        case Kind.numeric: numeric(bytes)
        case Kind.bytes: .blob(Array(bytes))
        case _ where Kind.texts.contains(kind): .text(String(decoding: bytes, as: UTF8.self))
        default: throw DatabaseProblem.other("a column of type \(kind)")
        }
    }

    private static func whole<Number: FixedWidthInteger>(_ bytes: UnsafeRawBufferPointer, _ type: Number.Type) -> Number {
        Number(bigEndian: bytes.loadUnaligned(as: Number.self))
    }

    /// Figures in base 10,000. Without decimals it is what `sum` of whole numbers gives: a whole number on SQLite too.
    private static func numeric(_ bytes: UnsafeRawBufferPointer) -> SQLValue {
        func field(_ index: Int) -> Int16 { Int16(bitPattern: UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self))) }
        let (count, weight, sign, decimals) = (Int(field(0)), Int(field(1)), UInt16(bitPattern: field(2)), field(3))
        let figures = (0..<max(count, 0)).map { Int64(field(4 + $0)) }
        if decimals == 0, weight < 5 {
            var number: Int64 = 0
            var isExact = true
            for place in 0...max(weight, 0) {
                let (product, tooLarge) = number.multipliedReportingOverflow(by: 10_000)
                let (sum, over) = product.addingReportingOverflow(place < figures.count ? figures[place] : 0)
                number = sum
                isExact = isExact && !tooLarge && !over
            }
            if isExact { return .integer(sign == 0x4000 ? -number : number) }
        }
        var number = 0.0
        for figure in figures.reversed() { number = number / 10_000 + Double(figure) }
        for _ in 0..<abs(weight) { number = weight > 0 ? number * 10_000 : number / 10_000 }
        return .real(sign == 0xC000 ? .nan : sign == 0x4000 ? -number : number)
    }
}
