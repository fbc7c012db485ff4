import Formats
import Platform

/// What stays of an excerpt that nobody reads any more: that there was one, and what cannot be recalled.
struct TombstoneView {
    let request: Request
    let facts: ExcerptFacts

    var content: Markup {
        let words = request.words
        return """
            <p class="kind">\(words("evidence.page.kind"))</p><h1>\(words("evidence.tombstone.title"))</h1>
            <p class="state-line"><span class="state" data-state="none">\(words("evidence.tombstone.state"))</span></p>
            <p class="quotation withdrawn">\(words("evidence.quotation.withdrawn"))</p>
            <p>\(words("evidence.tombstone.text"))</p><p>\(words("evidence.tombstone.copies"))</p>
            """
    }
}
