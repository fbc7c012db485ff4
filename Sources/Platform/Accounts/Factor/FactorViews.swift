import Formats

/// The pages of one's second factor.
struct FactorViews {
    let request: Request
    let factor: Factor?
    private var words: Words { request.words }
    private var isRequired: Bool { request.site.configuration.requiresFactor && request.viewer.needsFactor }

    /// Where it stands, and what may be done about it.
    var page: Page {
        guard let factor else { return .ofAccount(words("platform.factor.title"), request, .empty) }
        let state = words(
            factor.hasFewCodes ? "platform.factor.fewCodes" : "platform.factor.inPlace",
            ["since": factor.startedAt.day(), "n": factor.codesLeft])
        let removal: Markup =
            isRequired
            ? "<p>\(words("platform.factor.mustStay"))</p>"
            : "<p>\(words("platform.factor.removeHint"))</p>\(request.act("\(FactorRoutes.path)/retrait", words("platform.factor.remove"), style: "button danger"))"
        return .ofAccount(
            words("platform.factor.title"), request, lede: state,
            """
            <section><h2>\(words("platform.factor.codes"))</h2><p>\(words("platform.factor.codesHint"))</p>
            \(request.act("\(FactorRoutes.path)/codes", words("platform.factor.renewCodes")))</section>
            <section><h2>\(words("platform.factor.change"))</h2><p>\(words("platform.factor.changeHint"))</p>
            <p class="acts"><a class="button quiet" href="\(FactorRoutes.path)?changer=1">\(words("platform.factor.changeButton"))</a></p></section>
            <section><h2>\(words("platform.factor.remove"))</h2>\(removal)</section>
            """)
    }

    /// Three steps on one page: an application, the key, the first code.
    func enrolment(_ offer: FactorOffer, values: Fields, problems: [Problem]) -> Page {
        let form = FormView(request, values: values, problems: problems)
        let must: Markup = isRequired && factor == nil ? "<p class=\"notice\">\(words("platform.factor.required"))</p>" : .empty
        let button = words(factor == nil ? "platform.factor.startButton" : "platform.factor.replaceButton")
        return .ofAccount(
            words(factor == nil ? "platform.factor.start" : "platform.factor.change"), request, lede: words("platform.factor.lede"),
            """
            \(must)<h2>\(words("platform.factor.step1"))</h2><p>\(words("platform.factor.step1Text"))</p>
            <h2>\(words("platform.factor.step2"))</h2><p>\(words("platform.factor.step2Text"))</p>
            <p><img class="qr" src="\(FactorRoutes.path)/code.svg" width="240" height="240" alt="\(words("platform.factor.qr"))"></p>
            <p>\(words("platform.factor.here")) <a href="\(offer.address)">\(words("platform.factor.hereLink"))</a></p>
            <p>\(words("platform.factor.typed"))<br><code class="key" translate="no">\(offer.groups)</code></p>
            <h2>\(words("platform.factor.step3"))</h2>
            \(form.form(to: FactorRoutes.path, button: button, SignInViews.hidden(form).joined() + FactorFields.code(form)))
            """)
    }

    /// The recovery codes, once; then where one was going, or the form that was kept.
    func codes(_ codes: [String], values: Fields) -> Page {
        let next = values.line("next")
        let going: Markup =
            values["resume"].flatMap(Resumption.init).map { kept in
                "<h2>\(words("platform.resume.title"))</h2><p>\(words("platform.factor.resume"))</p>\(kept.form(request))"
            }
            ?? "<p class=\"acts\"><a class=\"button\" href=\"\(Response.isLocal(next) ? next : SignInRoutes.home)\">\(words("platform.factor.kept"))</a></p>"
        let items = codes.map { "<li><code translate=\"no\">\($0)</code></li>" as Markup }
        return .ofAccount(
            words("platform.factor.codes"), request, lede: words("platform.factor.codesLede"),
            """
            <p>\(words("platform.factor.codesOnce"))</p>
            <ol class="codes">\(items)</ol>\(going)
            """)
    }
}
