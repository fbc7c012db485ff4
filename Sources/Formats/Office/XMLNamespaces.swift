/// The prefixes that office documents usually give to their namespaces.
enum XMLNamespaces {
    static func prefix(of space: String) -> String? {
        if let known = known[space] { return known }
        // « Strict » Office Open XML, of the ISO standard.
        return space.hasPrefix("http://purl.oclc.org/ooxml/") ? strict[String(space.dropFirst(27))] : nil
    }

    private static let strict = [
        "wordprocessingml/main": "w", "officeDocument/relationships": "r", "drawingml/main": "a", "drawingml/picture": "pic",
        "drawingml/wordprocessingDrawing": "wp", "officeDocument/math": "m",
    ]

    private static let known = [
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
        "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
        "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
        "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
        "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
        "urn:schemas-microsoft-com:vml": "v", "urn:schemas-microsoft-com:office:office": "o",
        "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office", "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
        "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table", "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
        "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0": "fo",
        "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0": "svg", "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0": "manifest",
        "http://www.w3.org/1999/xlink": "xlink", "http://purl.org/dc/elements/1.1/": "dc",
    ]
}
