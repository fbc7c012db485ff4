/// The browser and the system that somebody comes with, in words that they recognise among their sessions.
struct Device: Equatable {
    let browser: String?
    let system: String?

    /// Reads a `User-Agent`. The order matters: each browser also names those it resembles.
    init(_ userAgent: String) {
        func first(_ names: [(String, String)]) -> String? { names.first { userAgent.contains($0.0) }?.1 }
        browser = first([
            ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"),
            ("Chrome/", "Chrome"), ("Safari/", "Safari"),
        ])
        system = first([
            ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
            ("Mac OS X", "macOS"),
            ("CrOS", "ChromeOS"), ("Linux", "Linux"),
        ])
    }

    /// « Firefox, Windows »; « appareil inconnu ».
    func name(_ words: Words) -> String {
        let known = [browser, system].compactMap(\.self)
        return known.isEmpty ? words("platform.account.unknownDevice") : known.joined(separator: ", ")
    }
}
