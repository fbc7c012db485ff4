import Application
import Platform

/// Images made for the tests, drawn here: no photograph of anybody.
public enum TestImage {
    /// A drawing in two colours; see-through where it is empty when asked.
    public static func png(width: Int = 40, height: Int = 20, isOpaque: Bool = true) -> [UInt8] {
        var drawing = PalettePNG(
            width: width, height: height, palette: [(250, 240, 200), (40, 60, 90)], opacities: isOpaque ? [] : [0])
        for point in drawing.points.indices where (point / width + point % width) % 9 < 4 { drawing.points[point] = 1 }
        return drawing.bytes
    }

    /// What a form sends with an image, as people fill it.
    public static let said = ["alternative": "Un dessin", "people": "none"]

    public static func file(_ name: String = "dessin.png") -> UploadedFile { UploadedFile(name: name, bytes: png()) }
}
