import Formats

extension Dispatcher {
    private static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

    /// What an installable page may do besides: its manifest, sounds and images that are still on the telephone.
    private static let installablePolicy =
        policy.replacing("img-src 'self' data:", with: "img-src 'self' data: blob:")
        + "; manifest-src 'self'; worker-src 'self'; media-src 'self' blob:"

    /// Dresses the page and puts the header fields that every answer has.
    func finished(_ response: Response, _ request: Request) -> Response {
        var response = response
        let isShared = response.isShared && request.session == nil && request.link == nil && response.status == 200
        let isInstallable = response.page?.application != nil
        let carried = CarriedLanguage(request)
        if let carried, let location = response.header("location") { response.set("location", carried.address(location)) }
        if let page = response.page {
            let html = Shell(request: request).render(page).html
            response.body = Array((carried?.carried(html) ?? html).utf8)
            response.set("content-type", "text/html; charset=utf-8")
            response.set("content-language", request.language.rawValue)
            response.page = nil
        }
        response.isShared = isShared
        if response.header("cache-control") == nil {
            response.set("cache-control", isShared ? "public, no-cache" : "no-store")
        }
        if response.header("content-security-policy") == nil { response.set("content-security-policy", isInstallable ? Self.installablePolicy : Self.policy) }
        response.set("x-content-type-options", "nosniff")
        response.set("referrer-policy", "same-origin")
        response.set("x-frame-options", "DENY")
        response.set("cross-origin-opener-policy", "same-origin")
        response.set("cross-origin-resource-policy", "same-origin")
        response.set("cross-origin-embedder-policy", "require-corp")
        response.set("permissions-policy", isInstallable ? "camera=(), geolocation=(self), microphone=(self)" : "camera=(), geolocation=(), microphone=()")
        if isShared { response.set("vary", "accept-encoding, accept-language, cookie") }
        // What is for one person is in no index, a page behind a private link before all; a published file may be.
        if request.link != nil || request.session != nil || !isShared && response.header("content-type")?.hasPrefix("text/html") == true {
            response.set("x-robots-tag", "noindex")
        }
        if site.configuration.isSecure {
            // For this name alone: the others of its domain are not the site's to close.
            response.set("strict-transport-security", "max-age=63072000")
        }
        return response
    }
}
