/// An image that goes inside a document of a word processor.
public struct OfficeImage: Sendable, Hashable {
    /// Where the site has it: found again by it when the document comes back.
    public let address: String
    public let bytes: [UInt8]
    /// `png`, `jpg`.
    public let ending: String
    /// In pixels.
    public let width: Int
    public let height: Int

    public init(address: String, bytes: [UInt8] = [], ending: String = "png", width: Int = 1, height: Int = 1) {
        self.address = address
        self.bytes = bytes
        self.ending = ending
        self.width = max(1, width)
        self.height = max(1, height)
    }

    /// On paper, in hundredths of a millimetre: 96 pixels an inch, never wider nor higher than a page.
    public var size: (width: Int, height: Int) {
        let (most, tallest) = (16_000.0, 22_000.0)
        let (wide, high) = (Double(width) * 2_540 / 96, Double(height) * 2_540 / 96)
        let share = min(1, most / wide, tallest / high)
        return (max(1, Int((wide * share).rounded())), max(1, Int((high * share).rounded())))
    }

    /// The name of its part in the document, and the one that says where it comes from.
    public var part: String { "\(OfficeAnchor.key(address.split(separator: "/").last.map(String.init) ?? "")).\(ending)" }
    var name: String { "essaim:\(address)" }

    static func address(ofName name: String) -> String? {
        name.hasPrefix("essaim:/") ? String(name.dropFirst("essaim:".count)) : nil
    }
}

/// An image met in a document that came from outside: nothing of it is believed.
public struct OfficePicture: Sendable, Equatable {
    /// Of its part in the document.
    public var file = ""
    public var alternative = ""
    /// Nil when it is not inside: a link to elsewhere.
    public var bytes: [UInt8]?
    /// The address on the site that its name says.
    public var origin: String?

    /// The most that is looked at in a document.
    public static let most = 30

    /// Where it stands in the blocks, until it has an address.
    public static func place(_ index: Int) -> String { "/brought.image.\(index)." }

    static func run(_ index: Int, _ alternative: String) -> Prose.Inline {
        Prose.Inline(.image(Prose.Image(alternative: alternative, address: place(index))))
    }
}

extension OfficeText {
    /// The blocks with each picture at its address; one that has none goes, and its legend stays.
    public func placed(_ addresses: [String?]) -> [Prose.Block] {
        let places = Dictionary(uniqueKeysWithValues: addresses.enumerated().map { (OfficePicture.place($0), $1) })
        return blocks.mapped { run in
            guard case .image(var image) = run.content, let place = places[image.address] else { return run }
            guard let address = place else { return image.legend.isEmpty ? nil : Prose.Inline.text(image.legend) }
            image.address = address
            return Prose.Inline(.image(image), run.marks)
        }
    }
}
