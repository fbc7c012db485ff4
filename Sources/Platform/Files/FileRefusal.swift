/// Why a file is not taken, in words that say what to do.
public enum FileRefusal: Refusal, Equatable {
    case missing
    case tooLarge
    case notAnImage
    case notASound
    /// Neither an image nor a document that is taken.
    case unknownKind
    case tooManyPixels
    case tooHeavy
    case unreadable
    /// The tool that reads images is not on this server.
    case noImages
    /// The programme has no room left: what it may hold.
    case quota(Int)
    case undescribed, described
    case tooLong(String, Int)
    case unsaid, noAgreement

    public var key: String { "platform.file.refusal.\(name)" }

    public var arguments: [String: any WordArgument] {
        switch self {
        case .tooLarge: ["most": ReceivedFile.limit >> 20]
        case .tooManyPixels: ["most": Picture.pixels / 1_000_000]
        case .quota(let most): ["most": FileSize(bytes: most)]
        case .tooLong(_, let most): ["n": most]
        default: [:]
        }
    }

    public var field: String? {
        switch self {
        case .undescribed, .described: "alternative"
        case .tooLong(let field, _): field
        case .unsaid: "people"
        case .noAgreement: "agreement"
        default: "file"
        }
    }

    private var name: String {
        switch self {
        case .missing: "missing"
        case .tooLarge: "tooLarge"
        case .notAnImage: "notAnImage"
        case .notASound: "notASound"
        case .unknownKind: "unknownKind"
        case .tooManyPixels: "tooManyPixels"
        case .tooHeavy: "tooHeavy"
        case .unreadable: "unreadable"
        case .noImages: "noImages"
        case .quota: "quota"
        case .undescribed: "undescribed"
        case .described: "described"
        case .tooLong: "tooLong"
        case .unsaid: "unsaid"
        case .noAgreement: "noAgreement"
        }
    }
}
