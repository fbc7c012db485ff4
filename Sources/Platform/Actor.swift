/// Who changes something: a person (with an account or a private link), or the site itself.
public struct Actor: Sendable, Equatable {
    public let viewer: Viewer

    public init(_ viewer: Viewer) {
        self.viewer = viewer
        isSite = false
    }

    private init(site: Viewer) {
        viewer = site
        isSite = true
    }

    /// The site at work: the command line, reminders, the demonstration's set-up. It may do everything; it is named so in the history.
    public static let site = Actor(site: Viewer(name: "essaim"))
    public let isSite: Bool
    public var personId: String? { viewer.personId }
}
