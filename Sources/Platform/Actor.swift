/// Who changes something: a person (with an account or a private link), or the site itself.
public struct Actor: Sendable, Equatable {
    public let viewer: Viewer
    /// The form that asks for the change, when a form does.
    let sending: FormSending?

    public init(_ viewer: Viewer, sending: FormSending? = nil) {
        self.viewer = viewer
        self.sending = sending
        isSite = false
    }

    private init(site: Viewer) {
        viewer = site
        sending = nil
        isSite = true
    }

    /// The site at work: the command line, reminders, the demonstration's set-up. It may do everything; it is named so in the history.
    public static let site = Actor(site: Viewer(name: "essaim"))
    public let isSite: Bool
    public var personId: String? { viewer.personId }
}
