import Foundation

/// How this site is run: flags, then environment (`ESSAIM_*`), then the file `essaim.conf` of the data folder.
public struct Configuration: Sendable {
    /// The folder with the database and the files.
    public var data: URL
    public var address = "127.0.0.1"
    public var port = 8080
    /// The address people type, `https://…` in production: used in mails; with https the cookie is `__Host-` and Secure.
    public var publicURL: String
    public var siteName = "Essaim"
    /// The addresses of the reverse proxies in front, whose word on who is asking (`X-Forwarded-For`) is taken.
    public var proxies: Set<String> = []
    /// Where the source code that runs here is given (AGPL-3.0, section 13); nil when people ask the host for it.
    public var source: String?
    /// What whoever reads `/mesures` must show; nil: the page is not there.
    public var metricsToken: String?
    /// The server that mails leave by; nil when they wait in the outbox.
    public var mail: MailServer?
    /// The address that people answer to, `*` standing for what says who and about what; nil when no mail comes in.
    public var replies: String?
    /// The maildir where the mail server puts what comes in; nil when it is given by a pipe, or not at all.
    public var mailFolder: URL?
    /// Whether coordinators and administrators must have a second factor; others may in any case.
    public var requiresFactor = true
    /// Where a flaw of security is reported: `mailto:…` or `https://…`; nil when nothing is said.
    public var security: String?
    /// The command that makes PDF papers: `typst`, or a Python that has its module; nil to look for one.
    public var typst: String?
    /// The bytes that the images and documents of one programme may take.
    public var quota = 2 << 30
    /// Mails are kept and readable at `/courriels`; log-ins are shown.
    public var isDemonstration = false

    public init(data: URL, address: String = "127.0.0.1", port: Int = 8080, publicURL: String? = nil) {
        self.data = data
        self.address = address
        self.port = port
        self.publicURL = publicURL ?? "http://\(address):\(port)"
    }

    public var isSecure: Bool { publicURL.hasPrefix("https://") }
    var sessionCookie: String { isSecure ? "__Host-essaim" : "essaim" }

    /// An absolute address for a mail.
    public func link(_ path: String) -> String {
        (publicURL.hasSuffix("/") ? String(publicURL.dropLast()) : publicURL) + path
    }
}
