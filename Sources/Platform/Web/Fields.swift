import Formats

/// What was typed in a form or stands in an address: names and values, in order.
public struct Fields: Sendable, Equatable {
    public private(set) var pairs: [(String, String)]
    public private(set) var files: [String: [UploadedFile]]

    public init(_ pairs: [(String, String)] = [], files: [String: [UploadedFile]] = [:]) {
        self.pairs = pairs
        self.files = files
    }

    public static func == (left: Fields, right: Fields) -> Bool {
        left.files == right.files && left.pairs.elementsEqual(right.pairs, by: ==)
    }

    public var isEmpty: Bool { pairs.isEmpty && files.isEmpty }

    /// The raw value of a field, as it was sent.
    public subscript(_ name: String) -> String? { pairs.first { $0.0 == name }?.1 }

    /// A line of text: cleaned, trimmed; empty when the field is missing.
    public func line(_ name: String) -> String { CleanText.line(self[name] ?? "") }

    /// A text of several lines: cleaned, LF, NFC.
    public func text(_ name: String) -> String { CleanText.normalize(self[name] ?? "") }

    /// A line, or nil when nothing was typed.
    public func optional(_ name: String) -> String? {
        let line = line(name)
        return line.isEmpty ? nil : line
    }

    /// Every value of a field that can be given several times.
    public func all(_ name: String) -> [String] {
        pairs.filter { $0.0 == name }.map { CleanText.line($0.1) }.filter { !$0.isEmpty }
    }

    public func has(_ name: String) -> Bool { pairs.contains { $0.0 == name } }
    /// A whole number of at most nine digits: what is counted on stays countable.
    public func integer(_ name: String) -> Int? {
        Int(line(name)).flatMap { (-999_999_999...999_999_999).contains($0) ? $0 : nil }
    }
    public func file(_ name: String) -> UploadedFile? { files[name]?.first { !$0.bytes.isEmpty } }

    public mutating func set(_ name: String, to value: String) {
        pairs.removeAll { $0.0 == name }
        pairs.append((name, value))
    }

    public func without(_ names: String...) -> Fields {
        Fields(pairs.filter { !names.contains($0.0) }, files: files)
    }
}

/// A file sent with a form.
public struct UploadedFile: Sendable, Equatable {
    public let name: String
    public let bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

extension Request {
    /// The fields of the form that was sent, urlencoded or multipart.
    public var form: Fields {
        let type = header("content-type") ?? ""
        guard type.hasPrefix("multipart/form-data"), let range = type.firstRange(of: "boundary=") else {
            return type.hasPrefix("application/x-www-form-urlencoded") ? Fields(URLForm.parse(body)) : Fields()
        }
        let boundary = type[range.upperBound...].prefix { $0 != ";" }.filter { $0 != "\"" }
        var pairs: [(String, String)] = []
        var files: [String: [UploadedFile]] = [:]
        for part in Multipart.parse(body, boundary: boundary) ?? [] {
            if let name = part.filename {
                files[part.name, default: []].append(UploadedFile(name: CleanText.line(name), bytes: part.bytes))
            } else {
                pairs.append((part.name, part.text))
            }
        }
        return Fields(pairs, files: files)
    }
}
