import Formats

/// A page before it is dressed: what the shell needs to put around the content of a view.
public struct Page: Sendable {
    public enum Shape: String, Sendable {
        /// The members' pages: denser, wider.
        case workshop
        /// One column of 68 characters.
        case reading
        /// Side by side.
        case wide
        /// A small centred page: log-in, private link.
        case narrow
    }

    public var title: String
    public var shape: Shape
    public var content: Markup
    /// Where one is: label and address, the page itself last without address.
    public var crumbs: [Crumb] = []
    /// The programme whose navigation is shown.
    public var programme: ProgrammeNavigation?
    /// Assets of this page besides the shell's: `texts-editor.js`, `texts-editor.css`.
    public var assets: [String] = []
    /// The forms whose text has arrived: the browser may forget it.
    public var kept: [String] = []
    /// The sentences of what is wrong with a form that came back.
    public var problems: [Problem] = []
    /// Said once after an act.
    public var notice: Markup = .empty
    /// The address under which the page should be known, when there are several.
    public var description: String?

    /// What makes the page an application of a telephone; nil for ordinary pages.
    public var application: Installable?

    /// A page that a telephone installs, and that works without network.
    public struct Installable: Sendable {
        /// The address of its web application manifest.
        public let manifest: String

        public init(manifest: String) {
            self.manifest = manifest
        }
    }

    public init(_ title: String, shape: Shape = .workshop, crumbs: [Crumb] = [], _ content: Markup) {
        self.title = title
        self.shape = shape
        self.crumbs = crumbs
        self.content = content
    }

    public func with(_ edit: (inout Page) -> Void) -> Page {
        var page = self
        edit(&page)
        return page
    }
}

/// A step of the breadcrumb.
public struct Crumb: Sendable, Equatable {
    public let label: String
    public let path: String?

    public init(_ label: String, _ path: String? = nil) {
        self.label = label
        self.path = path
    }
}

/// Something wrong with what was typed: the field (nil for the whole form) and the sentence.
public struct Problem: Sendable, Equatable {
    public let field: String?
    public let sentence: String

    public init(_ field: String?, _ sentence: String) {
        self.field = field
        self.sentence = sentence
    }
}

extension Request {
    /// The problems of refusals, said in the language of this person.
    public func problems(_ error: any Error) -> [Problem]? {
        switch error {
        case let refusals as Refusals: refusals.all.map { Problem($0.field, words($0.key, $0.arguments)) }
        case let refusal as any Refusal: [Problem(refusal.field, words(refusal.key, refusal.arguments))]
        default: nil
        }
    }

    /// Runs a change; when a rule refuses it, shows the page again (422) with what was typed and the sentences.
    public func attempt(
        _ change: () async throws -> Response, otherwise page: ([Problem]) async throws -> Page
    ) async throws -> Response {
        do { return try await change() } catch {
            guard let problems = problems(error) else { throw error }
            return .page(try await page(problems).with { $0.problems = problems }, status: 422)
        }
    }
}
