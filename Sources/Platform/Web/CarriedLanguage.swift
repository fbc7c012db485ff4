import Formats

/// The language that a visitor without account chose in the address (`?langue=en`): the links and the forms of the page
/// carry it on, from page to page, without a cookie.
struct CarriedLanguage {
    let language: Language

    /// - Returns: nil when nothing was chosen, or when the account says the language.
    init?(_ request: Request) {
        guard request.session == nil, let chosen = request.query["langue"].flatMap(Language.init(rawValue:)) else { return nil }
        language = chosen
    }

    /// The page with the choice in each of its addresses.
    func carried(_ html: String) -> String {
        var result = ""
        var rest = Substring(html)
        while let start = rest.firstIndex(of: "<") {
            result += rest[..<start]
            guard let end = rest[start...].firstIndex(of: ">") else { break }
            result += tag(rest[start...end])
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    /// An address of this site with the choice; any other as it is.
    func address(_ address: some StringProtocol) -> String {
        let isOurs = address.hasPrefix("/") && !address.hasPrefix("//") && !address.hasPrefix("/assets/") || address.hasPrefix("?")
        guard isOurs, !address.contains("langue=") else { return String(address) }
        let parts = address.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let link = parts[0].contains("?") ? "&" : "?"
        return "\(parts[0])\(link)langue=\(language.rawValue)" + (parts.count > 1 ? "#\(parts[1])" : "")
    }

    private func tag(_ tag: Substring) -> String {
        if tag.hasPrefix("<a ") { return with(tag, "href") }
        guard tag.hasPrefix("<form") else { return String(tag) }
        if tag.contains("method=\"post\"") { return with(tag, "action") }
        // The fields of a form sent by GET are the whole query.
        return "\(tag)<input type=\"hidden\" name=\"langue\" value=\"\(language.rawValue)\">"
    }

    private func with(_ tag: Substring, _ attribute: String) -> String {
        guard let name = tag.firstRange(of: " \(attribute)=\""), let end = tag[name.upperBound...].firstIndex(of: "\"") else {
            return String(tag)
        }
        let written = address(tag[name.upperBound..<end])
        return "\(tag[..<name.upperBound])\(written.replacing("&langue", with: "&amp;langue"))\(tag[end...])"
    }
}
