/// Numbers as ECMAScript writes them (ECMA-262, Number::toString), which RFC 8785 asks for.
enum ECMAScriptNumber {
    /// The shortest text that reads back as the same number: `0.000001`, `1e-7`, `1e+21`, `-0` as `0`.
    static func text(of number: Double) -> String {
        guard number.isFinite else { return "null" }
        if number == 0 { return "0" }
        let sign = number < 0 ? "-" : ""
        let (digits, point) = decimal(number.magnitude)
        let count = digits.count
        switch point {
        case count...21 where point >= count:
            return sign + digits + String(repeating: "0", count: point - count)
        case 1...21:
            return sign + digits.prefix(point) + "." + digits.dropFirst(point)
        case -5...0:
            return sign + "0." + String(repeating: "0", count: -point) + digits
        default:
            let fraction = count > 1 ? "." + digits.dropFirst() : ""
            return sign + digits.prefix(1) + fraction + "e" + (point > 0 ? "+" : "-") + String(abs(point - 1))
        }
    }

    /// The shortest figures of a number and where the point falls: 0.00123 is `123` × 10⁻² after « 0. », so (“123”,
    /// -2).
    private static func decimal(_ number: Double) -> (digits: String, point: Int) {
        // Swift's description already has the shortest figures that read back; only its layout differs.
        let parts = number.description.split(separator: "e")
        let exponent = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let fraction = mantissa.count == 2 ? mantissa[1] : ""
        let all = String(mantissa[0] + fraction)
        let leading = all.prefix { $0 == "0" }.count
        var digits = all.dropFirst(leading)
        while digits.last == "0" { digits.removeLast() }
        return (String(digits), mantissa[0].count + exponent - leading)
    }
}
