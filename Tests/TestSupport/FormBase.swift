/// What a form says it was shown for: the field `base` of the form sent to `action`, or the first one of the page.
public func formBase(_ page: String, sentTo action: String? = nil) -> String? {
    let start = action.map { page.firstRange(of: "action=\"\($0)\"")?.upperBound } ?? page.startIndex
    guard let start, let field = page[start...].firstRange(of: "name=\"base\" value=\"") else { return nil }
    return String(page[field.upperBound...].prefix { $0 != "\"" })
}
