import Foundation

/// An image as the site keeps it: upright, at two widths, without anything that a camera or a program wrote in it.
public struct Picture: Sendable {
    struct Rendition: Sendable {
        let bytes: [UInt8]
        let kind: FileStore.Kind
        let width: Int
        let height: Int
    }

    let large: Rendition
    let small: Rendition

    /// The longest side of the two, in pixels.
    static let (most, little) = (1_600, 640)
    /// An image of more pixels is refused before it is decoded.
    static let pixels = 60_000_000

    /// The size that an image of ours says: in the first chunk of a PNG, in the frame of a JPEG.
    static func size(of bytes: [UInt8], _ kind: FileStore.Kind) -> (width: Int, height: Int)? {
        func number(_ start: Int, _ count: Int) -> Int { bytes[start..<(start + count)].reduce(0) { $0 << 8 | Int($1) } }
        if kind == .png { return bytes.count >= 24 ? (number(16, 4), number(20, 4)) : nil }
        var place = 2
        while place + 9 <= bytes.count, bytes[place] == 0xff {
            let isFrame = (0xc0...0xcf).contains(bytes[place + 1]) && ![0xc4, 0xc8, 0xcc].contains(bytes[place + 1])
            if isFrame { return (number(place + 7, 2), number(place + 5, 2)) }
            place += 2 + number(place + 2, 2)
        }
        return nil
    }

    /// The kinds of images taken, recognised by their first bytes.
    enum Format: Equatable {
        case jpeg, png, webp, gif, heif

        init?(_ bytes: [UInt8]) {
            let text = { (range: Range<Int>) in bytes.count >= range.upperBound ? String(decoding: bytes[range], as: UTF8.self) : "" }
            switch FileStore.kind(of: bytes) {
            case .jpeg: self = .jpeg
            case .png: self = .png
            default:
                if ["GIF87a", "GIF89a"].contains(text(0..<6)) { self = .gif; return }
                if text(0..<4) == "RIFF", text(8..<12) == "WEBP" { self = .webp; return }
                let brands = ["heic", "heix", "heim", "heis", "mif1", "msf1", "avif"]
                guard text(4..<8) == "ftyp", brands.contains(text(8..<12)) else { return nil }
                self = .heif
            }
        }

        /// Whether what it holds may be a drawing, better kept without loss.
        var mayBeDrawing: Bool { self == .png || self == .gif || self == .webp }
    }
}

/// Makes pictures with libvips, as limited processes.
public struct PictureTool: Sendable {
    let vips: String
    let header: String

    public init(vips: String = "vips", header: String = "vipsheader") {
        self.vips = vips
        self.header = header
    }

    /// Whether the machine has what it takes.
    public var isThere: Bool {
        [vips, header].allSatisfy { tool in
            ["", "/usr/local/bin/", "/usr/bin/", "/bin/"].contains { FileManager.default.isExecutableFile(atPath: $0 + tool) }
        }
    }

    /// Decodes an image that came from outside and writes it anew.
    /// - Throws: `FileRefusal`, `DatabaseProblem`
    func picture(_ bytes: [UInt8], in folder: WorkFolder) async throws -> Picture {
        guard let format = Picture.Format(bytes) else { throw FileRefusal.notAnImage }
        do {
            try folder.write(bytes, to: "received")
            let found = try await size(of: "received", in: folder)
            guard found.width * found.height <= Picture.pixels else { throw FileRefusal.tooManyPixels }
            return try await made(from: format, hasAlpha: found.hasAlpha, in: folder)
        } catch let problem as ToolProblem {
            switch problem {
            case .missing: throw FileRefusal.noImages
            case .tooMuch: throw FileRefusal.tooHeavy
            case .failed: throw FileRefusal.unreadable
            }
        }
    }

    /// A drawing that weighs no more stays one.
    private static let light = 200 << 10

    /// A photograph becomes a JPEG; a drawing stays a PNG when it is see-through, light, or lighter so.
    private func made(from format: Picture.Format, hasAlpha: Bool, in folder: WorkFolder) async throws -> Picture {
        guard format.mayBeDrawing else {
            return try await picture(try await rendition(of: "received", Picture.most, .jpeg, in: folder), in: folder)
        }
        let drawing = try await rendition(of: "received", Picture.most, .png, in: folder)
        if hasAlpha || drawing.bytes.count <= Self.light { return try await picture(drawing, in: folder) }
        let photograph = try await rendition(of: "received", Picture.most, .jpeg, in: folder)
        return try await picture(drawing.bytes.count <= photograph.bytes.count ? drawing : photograph, in: folder)
    }

    private func picture(_ large: Picture.Rendition, in folder: WorkFolder) async throws -> Picture {
        guard max(large.width, large.height) > Picture.little else { return Picture(large: large, small: large) }
        let name = "\(Picture.most)\(ending(large.kind))"
        return Picture(large: large, small: try await rendition(of: name, Picture.little, large.kind, in: folder))
    }

    private func ending(_ kind: FileStore.Kind) -> String { kind == .png ? ".png" : ".jpg" }

    /// Turned upright, in the colours of screens, at most so large, and stripped of everything but its pixels.
    private func rendition(of source: String, _ side: Int, _ kind: FileStore.Kind, in folder: WorkFolder) async throws -> Picture.Rendition {
        let name = "\(side)\(ending(kind))"
        let saved = kind == .png ? "[strip,compression=9]" : "[Q=82,strip,optimize_coding,interlace]"
        // As `vipsthumbnail` does; a part that is missing is a file that did not arrive whole.
        let arguments = [
            "thumbnail", source, "\(name)\(saved)", "\(side)", "--height", "\(side)", "--size", "down", "--fail-on", "truncated",
            "--export-profile", "srgb",
        ]
        try await process(vips, arguments).run(in: folder)
        guard let bytes = folder.read(name), let size = Picture.size(of: bytes, kind) else { throw FileRefusal.unreadable }
        return Picture.Rendition(bytes: bytes, kind: kind, width: size.width, height: size.height)
    }

    /// What the first bytes say: « received: 400x300 uchar, 3 bands, srgb, jpegload ».
    private func size(of name: String, in folder: WorkFolder) async throws -> (width: Int, height: Int, hasAlpha: Bool) {
        try await process(header, [name]).run(in: folder)
        let said = String(decoding: folder.read("said") ?? [], as: UTF8.self)
        guard let match = said.firstMatch(of: /: (\d{1,9})x(\d{1,9}) \w+, (\d+) bands?, (\w+)/), let width = Int(match.1),
            let height = Int(match.2)
        else { throw FileRefusal.unreadable }
        return (width, height, match.3 == "2" || (match.3 == "4" && match.4 != "cmyk"))
    }

    private func process(_ tool: String, _ arguments: [String]) -> LimitedProcess {
        // Only the decoders that are kept safe from hostile files; one thread, for the memory it takes.
        let environment = ["VIPS_BLOCK_UNTRUSTED": "1", "VIPS_CONCURRENCY": "1", "MALLOC_ARENA_MAX": "2"]
        return LimitedProcess(tool, arguments, limits: .init(seconds: 20, memory: 1 << 30), environment: environment)
    }
}
