import Formats
import Platform

extension Visit {
    /// A page of this visit in its frame: the programme's navigation and the path « Accueil › programme › Visites › visit › page ».
    ///
    /// - Parameter title: the title of the page; the visit's own page gives the visit's name.
    package func page(_ title: String, _ request: Request, shape: Page.Shape = .workshop, _ content: Markup) -> Page {
        let words = request.words
        var crumbs = [
            Crumb(words("visits.crumb.home"), "/"),
            Crumb(programmeTitle, "/programmes/\(programmeSlug)"),
            Crumb(words("visits.crumb.visits"), "/programmes/\(programmeSlug)/visites"),
        ]
        crumbs += title == name ? [Crumb(name)] : [Crumb(name, path), Crumb(title)]
        return Page(title, shape: shape, crumbs: crumbs, content).with {
            guard !request.viewer.roles.isEmpty, request.viewer.onlyObject == nil else { return }
            $0.programme = ProgrammeNavigation(
                id: programmeId, name: programmeTitle, slug: programmeSlug, current: "/visites")
        }
    }
}
