import CQrencode
import Formats

/// A text as a square of modules that a telephone reads (ISO/IEC 18004), drawn in black on white whatever the colours of the page.
struct QRCode {
    /// The rows, true where the module is dark.
    let rows: [[Bool]]

    /// Nil for a text that is too long.
    init?(_ text: String) {
        guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else { return nil }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        rows = (0..<width).map { row in (0..<width).map { code.pointee.data[row * width + $0] & 1 == 1 } }
    }

    /// A drawing with the quiet zone of four modules that readers need.
    var drawing: Markup {
        let side = rows.count + 8
        let runs = rows.enumerated().flatMap { row, modules in
            Self.runs(modules).map { "M\($0.lowerBound + 4) \(row + 4)h\($0.count)v1h-\($0.count)z" }
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(side) \(side)" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h\(side)v\(side)H0z"/><path d="\(runs.joined())"/></svg>
            """
    }

    private static func runs(_ modules: [Bool]) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for (index, isDark) in modules.enumerated() where isDark {
            if let last = runs.last, last.upperBound == index { runs[runs.count - 1] = last.lowerBound..<index + 1 } else { runs.append(index..<index + 1) }
        }
        return runs
    }
}
