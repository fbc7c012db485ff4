import Formats

extension Dispatcher {
    /// What a session does not open yet: everything but one's account while a second factor is required and missing; what
    /// is sensitive while its owner has not shown who they are for some minutes. A guest's link is not concerned.
    func held(_ route: Route, _ request: Request) async throws -> Response? {
        guard let session = request.session, request.link == nil else { return nil }
        if site.configuration.requiresFactor, request.viewer.needsFactor, !session.hasFactor, !route.isOpenWithoutFactor {
            return try await FactorRoutes.required(request)
        }
        if route.fresh == .always, !session.isProven(at: request.now) { return try await ProofViews.required(request) }
        return nil
    }
}

/// The form asks for something sensitive, and its sender has not shown who they are for some minutes.
struct NotProven: Error {}

extension Request {
    /// Lets nobody go on whose session was opened, or proven, too long ago: they show who they are, and send the form again.
    public func requireProof() throws {
        guard link != nil || session?.isProven(at: now) == true else { throw NotProven() }
    }
}

extension Viewer {
    /// Whoever administers the site or coordinates a programme does not enter by a password alone.
    var needsFactor: Bool { isAdministrator || roles.values.contains { $0.contains(.coordinator) } }

    /// Somebody with other roles keeps them while the one of coordinating waits for a second factor: nobody is shut out of what they do by
    /// being named coordinator elsewhere.
    var withoutDormantRoles: Viewer {
        guard needsFactor, !isAdministrator else { return self }
        var viewer = self
        viewer.roles = roles.mapValues { $0.subtracting([.coordinator]) }.filter { !$0.value.isEmpty }
        return viewer.roles.isEmpty ? self : viewer
    }
}

extension Route {
    /// One's account, where the factor is put in place, and the ways in and out.
    fileprivate var isOpenWithoutFactor: Bool {
        ["/compte", "/connexion", "/deconnexion", "/langue", "/invitation", "/installation"]
            .contains { path == $0 || path.hasPrefix("\($0)/") }
    }
}
