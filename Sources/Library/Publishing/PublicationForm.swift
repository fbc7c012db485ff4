import Database
import Formats
import Platform
import Territories

/// What was typed on the page of a publication, read.
struct PublicationForm: Sendable {
    let particulars: PublicationRule.Particulars
    let lede: String
    /// Nil when nothing was typed: the title makes the address.
    let slug: String?
    /// Published without saying why dimensions are not covered: said on purpose.
    let isUnexplained: Bool

    /// - Throws: `Refusals` with everything that cannot be read. What is empty is the rule's matter.
    static func read(_ form: Fields, territories: [(id: String, name: String)]) throws -> PublicationForm {
        var refusals: [any Refusal] = []
        var notBefore: Day?
        do { notBefore = try DayEntry.read(form, "not_before") } catch { refusals.append(error) }
        let license = form.line("license")
        if !license.isEmpty, !License.choices.contains(License(id: license)) { refusals.append(PublicationRefusal.licenseUnknown) }
        let territory = form.optional("territory")
        if let territory, !territories.contains(where: { $0.id == territory }) {
            refusals.append(PublicationRefusal.territoryUnknown)
        }
        let authors = form.text("authors").split(separator: "\n").map { CleanText.line(String($0)) }.filter { !$0.isEmpty }
        if authors.count > 100 || authors.contains(where: { $0.count > 300 }) {
            refusals.append(PublicationRefusal.tooLong(field: "authors", limit: 300))
        }
        let lede = CleanText.line(form.text("lede"))
        if lede.count > 600 { refusals.append(PublicationRefusal.tooLong(field: "lede", limit: 600)) }
        let slug = form.optional("slug")
        if let slug, slug != French.slug(slug) { refusals.append(PublicationRefusal.slugInvalid) }
        guard refusals.isEmpty else { throw Refusals(refusals) }
        return PublicationForm(
            particulars: PublicationRule.Particulars(
                license: license, authors: authors, territoryId: territory, notBefore: notBefore),
            lede: lede, slug: slug, isUnexplained: form["unexplained"] == "1")
    }
}
