/// A line cut in pieces for comparison: words, runs of spaces, and each other character; joined, they are the line.
enum WordCut {
    static func pieces(of line: Substring) -> [Substring] {
        var pieces: [Substring] = []
        var start = line.startIndex
        var current: Sort?
        let scalars = line.unicodeScalars
        var index = scalars.startIndex
        while index < scalars.endIndex {
            let sort = Sort(of: scalars[index])
            if sort == .mark || sort != current {
                if start < index { pieces.append(line[start..<index]) }
                start = index
            }
            current = sort
            index = scalars.index(after: index)
        }
        if start < line.endIndex { pieces.append(line[start...]) }
        return pieces
    }

    private enum Sort {
        case word, space, mark

        init(of scalar: Unicode.Scalar) {
            switch scalar.value {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: self = .word
            case 0x09...0x0D, 0x20: self = .space
            case 0..<0x80: self = .mark
            default:
                let properties = scalar.properties
                // Emoji parts and joiners stay with their word: a family is not cut in four.
                self =
                    properties.isAlphabetic || properties.numericType != nil || properties.isEmoji
                        || properties.isJoinControl || properties.isVariationSelector
                        || properties.generalCategory == .nonspacingMark
                    ? .word : properties.isWhitespace ? .space : .mark
            }
        }
    }
}
