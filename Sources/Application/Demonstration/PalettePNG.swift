/// A drawing in a few plain colours, as a PNG file (ISO/IEC 15948): what the demonstration shows is drawn by it.
package struct PalettePNG {
    package typealias Color = (red: UInt8, green: UInt8, blue: UInt8)

    package let width: Int
    package let height: Int
    let palette: [Color]
    /// How opaque each colour is; the colours beyond are wholly so.
    let opacities: [UInt8]
    /// The number of the colour of each point, row after row.
    package var points: [UInt8]

    package init(width: Int, height: Int, palette: [Color], opacities: [UInt8] = []) {
        self.width = width
        self.height = height
        self.palette = palette
        self.opacities = opacities
        points = [UInt8](repeating: 0, count: width * height)
    }

    package var bytes: [UInt8] {
        var rows: [UInt8] = []
        rows.reserveCapacity((width + 1) * height)
        for row in 0..<height { rows += [0] + points[(row * width)..<((row + 1) * width)] }
        let head = Self.number(width) + Self.number(height) + [8, 3, 0, 0, 0]
        var file: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] + Self.chunk("IHDR", head)
        file += Self.chunk("PLTE", palette.flatMap { [$0.red, $0.green, $0.blue] })
        if !opacities.isEmpty { file += Self.chunk("tRNS", opacities) }
        return file + Self.chunk("IDAT", Self.stored(rows)) + Self.chunk("IEND", [])
    }

    /// The bytes in a zlib stream that compresses nothing (RFC 1950, RFC 1951): the site writes every image anew.
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var stream: [UInt8] = [0x78, 0x01]
        var start = 0
        repeat {
            let end = min(start + 65_535, bytes.count)
            let (low, high) = (UInt8((end - start) & 0xff), UInt8((end - start) >> 8))
            stream += [end == bytes.count ? 1 : 0, low, high, ~low, ~high] + bytes[start..<end]
            start = end
        } while start < bytes.count
        var (first, second) = (UInt32(1), UInt32(0))
        for byte in bytes {
            first = (first + UInt32(byte)) % 65_521
            second = (second + first) % 65_521
        }
        return stream + number(Int(second << 16 | first))
    }

    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + content
        let sum = body.reduce(UInt32.max) { sum, byte in sum >> 8 ^ sums[Int((sum ^ UInt32(byte)) & 0xff)] } ^ .max
        return number(content.count) + body + number(Int(sum))
    }

    private static let sums: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { sum, _ in sum & 1 == 1 ? 0xedb8_8320 ^ sum >> 1 : sum >> 1 }
    }

    private static func number(_ value: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(value >> $0 & 0xff) } }
}
