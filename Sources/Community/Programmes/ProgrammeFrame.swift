import Database
import Formats
import Platform

/// What is around the pages of a programme: its navigation, where one is.
package enum ProgrammeFrame {
    /// The programme of an address, for this person.
    /// - Throws: `NotFound` when there is none that they may see.
    package static func load(_ slug: String, _ reader: any Reader, _ request: Request) throws -> Programme {
        try Programme.load(slug, reader, request)
    }
}

extension Programme {
    /// A page of the programme: « Accueil › programme › … › title », with the programme's navigation for whoever holds a
    /// role somewhere; the public reads the page alone.
    ///
    /// - Parameters:
    ///   - path: the entry of the navigation where one is, after the programme's address: `/visites`; empty for the overview.
    ///   - crumbs: the steps between the programme and this page.
    package func page(
        _ title: String, at path: String, crumbs: [Crumb] = [], _ request: Request, shape: Page.Shape = .workshop,
        _ content: Markup
    ) -> Page {
        let home = Crumb(request.words("community.home"), "/")
        let isTop = path.isEmpty && crumbs.isEmpty && title == self.title
        let steps = isTop ? [home, Crumb(title)] : [home, Crumb(self.title, self.path)] + crumbs + [Crumb(title)]
        return Page(title, shape: shape, crumbs: steps, content).with {
            guard !request.viewer.roles.isEmpty, request.viewer.onlyObject == nil else { return }
            $0.programme = ProgrammeNavigation(id: id, name: self.title, slug: slug, current: path)
        }
    }
}
