import Formats

/// The pages of the way in.
enum SignInViews {
    /// The log-in page in place of one that asks for an account (401); a form that was sent is kept in it, whole.
    static func required(_ request: Request) async throws -> Response {
        .page(Page(request.words("platform.signIn.title"), shape: .narrow, "<h1>\(request.words("platform.signIn.title"))</h1>"), status: 401)
    }
}
