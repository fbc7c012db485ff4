import Database
import Events
import Formats
import Platform

/// The visits to a territory, on its page.
enum TerritoryPanel {
    static let panel = Panel(on: "territory", rank: 10) { territoryId, request in
        let (visits, agendas) = try await request.site.database.read { reader in
            let visits = try VisitQueries.all(inTerritory: territoryId, reader, request)
            return (visits, try Slots.of(visits.map(\.id), reader))
        }
        guard !visits.isEmpty else { return .empty }
        let words = request.words
        let items = visits.map { visit -> Markup in
            let details = [
                StageViews.name(visit, words), visit.hostName ?? "",
                agendas[visit.id]?.days(in: words) ?? "",
            ]
            return """
                <li><h3><a href="\(visit.path)">\(visit.name)</a></h3>\
                <p class="meta">\(details.filter { !$0.isEmpty }.joined(separator: " · "))</p></li>
                """
        }
        return "<section><h2>\(words("visits.crumb.visits"))</h2><ol class=\"entries\">\(items)</ol></section>"
    }
}
