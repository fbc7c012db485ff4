/// Three circles that overlap, the drawing of a published synthesis: what is done by several stands where they meet.
enum CirclesDrawing {
    static func png() -> [UInt8] {
        // Each point is numbered by the circles it is in: 1, 2 and 4, added.
        let palette: [PalettePNG.Color] = [
            (255, 255, 255), (244, 208, 112), (150, 190, 160), (206, 186, 92), (158, 178, 214), (200, 176, 140), (118, 150, 158), (84, 74, 40),
        ]
        var drawing = PalettePNG(width: 1_600, height: 800, palette: palette)
        for (number, center) in [(1, 480), (2, 800), (4, 1_120)] { fill(circle: number, at: center, in: &drawing) }
        return drawing.bytes
    }

    private static func fill(circle number: Int, at center: Int, in drawing: inout PalettePNG) {
        let radius = 300
        for row in -radius...radius {
            let half = Int(Double(radius * radius - row * row).squareRoot())
            let start = (drawing.height / 2 + row) * drawing.width + center
            for point in (start - half)...(start + half) { drawing.points[point] |= UInt8(number) }
        }
    }
}
