/// The invisible characters that change the direction of text; left open, they would turn the rest of a page around.
enum BidiControls {
    static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }

    /// The text without the controls that have no partner in their paragraph (Unicode UAX 9, BD9 and BD11).
    static func balanced(_ text: String.UnicodeScalarView) -> String.UnicodeScalarView {
        var dropped: Set<Int> = []
        var open: [(position: Int, isIsolate: Bool)] = []
        for (position, scalar) in text.enumerated() {
            switch scalar.value {
            case 0x0A:
                dropped.formUnion(open.map(\.position))
                open.removeAll()
            case 0x202A, 0x202B, 0x202D, 0x202E: open.append((position, false))
            case 0x2066...0x2068: open.append((position, true))
            case 0x202C:
                if let last = open.last, !last.isIsolate { open.removeLast() } else { dropped.insert(position) }
            case 0x2069:
                guard let partner = open.lastIndex(where: \.isIsolate) else {
                    dropped.insert(position)
                    continue
                }
                dropped.formUnion(open[(partner + 1)...].map(\.position))
                open.removeSubrange(partner...)
            default: continue
            }
        }
        dropped.formUnion(open.map(\.position))
        guard !dropped.isEmpty else { return text }
        var kept = String.UnicodeScalarView()
        for (position, scalar) in text.enumerated() where !dropped.contains(position) { kept.append(scalar) }
        return kept
    }
}
