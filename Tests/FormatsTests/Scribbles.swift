/// Texts made at random from few words, so that lines often repeat.
enum Scribbles {
    static let words = [
        "visite", "Caen", "l'eau", "œuvre", "coopérer", "et", "de", "la", "habitantes", "réseau", "👩‍🌾", "café,", "fin.",
        "« oui »",
    ]

    static func line(_ random: inout Seeded) -> String {
        (0..<Int.random(in: 0...5, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
            .joined(separator: " ")
    }

    static func text(_ random: inout Seeded) -> String {
        (0..<Int.random(in: 0...9, using: &random)).map { _ in line(&random) }.joined(separator: "\n")
    }

    /// The text with some lines removed, added or changed.
    static func rework(_ text: String, _ random: inout Seeded) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            let place = Int.random(in: 0...lines.count, using: &random)
            switch Int.random(in: 0...2, using: &random) {
            case 0: lines.insert(line(&random), at: place)
            case 1 where place < lines.count && lines.count > 1: lines.remove(at: place)
            default: if place < lines.count { lines[place] += " " + (words.randomElement(using: &random) ?? "") }
            }
        }
        return lines.joined(separator: "\n")
    }
}
