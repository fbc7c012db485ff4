import Formats
import Platform

/// The addresses of the commons, and those that lead a text there.
enum LibraryRoutes {
    private static let resource = "/ressources/{resource}"
    private static let publication = "/textes/{text}/publication"

    static let routes: [Route] = [
        .get("/", asks: .anyone, for: "public", HomePage.show),
        .get("/ressources", asks: .anyone, for: "public", ResourceListPage.show),
        .get("/ressources.csv", asks: .anyone, for: "public", ResourceListPage.export),
        .get("/recherche", asks: .anyone, for: "public", SearchPage.show),
        .get("/boite-a-outils", asks: .anyone, for: "public", ToolboxPage.show),
        .get("/territoires", asks: .anyone, for: "public", TerritoriesPage.show),
        .get(resource, asks: .thing(.see), for: "public", OpenResource.at(ResourcePage.show)),
        .get("\(resource)/source.md", asks: .thing(.see), for: "public", OpenResource.at(Downloads.markdown)),
        .get("\(resource)/source.json", asks: .thing(.see), for: "public", OpenResource.at(Downloads.description)),
        .get("\(resource)/texte.docx", asks: .thing(.see), for: "public", OpenResource.at(PaperDownloads.office(.word))),
        .get("\(resource)/texte.odt", asks: .thing(.see), for: "public", OpenResource.at(PaperDownloads.office(.openDocument))),
        .get("\(resource)/texte.pdf", asks: .thing(.see), for: "public", OpenResource.at(PaperDownloads.pdf)),
        .get("\(resource)/sources/{excerpt}", asks: .thing(.see), for: "public", OpenResource.at(SourcePage.show)),
        .get(publication, asks: .thing(.publish), for: "officer, coordinator", PublicationPage.show),
        .post(publication, asks: .thing(.publish), for: "officer, coordinator", PublicationPage.publish),
        .post("\(publication)/ouverture", asks: .thing(.publish), for: "officer, coordinator", PublicationPage.open),
        .post("\(publication)/retrait", asks: .thing(.publish), for: "officer, coordinator", PublicationPage.unpublish),
        .post("\(publication)/arbitrage", asks: .thing(.arbitrate), for: "coordinator, committee", PublicationPage.arbitrate),
        .post("/textes/{text}/version-publique", asks: .thing(.writeSynthesis), for: "officer, researcher", PublicVersions.draw),
    ]
}
