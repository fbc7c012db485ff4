import Foundation

/// The parser of the command line speaks English: its help and its refusals, in French.
enum ParserWords {
    static func french(_ said: String) -> String {
        guard ["OVERVIEW: ", "USAGE: ", "Usage: ", "Error: "].contains(where: said.hasPrefix) else { return said }
        return said.split(separator: "\n", omittingEmptySubsequences: false).map { line(String($0)) }.joined(separator: "\n")
    }

    private static func line(_ line: String) -> String {
        if let refusal = line.rest(of: "Error: ") { return "essaim : \(french(refusal: counted(refusal)))" }
        if let title = titles[line] { return title }
        let line = beginnings.reduce(line) { line, pair in line.rest(of: pair.0).map { pair.1 + $0 } ?? line }
        return words.reduce(line) { $0.replacing($1.0, with: $1.1) }
    }

    private static let titles = ["OPTIONS:": "Options :", "ARGUMENTS:": "Ce qu'elle prend :", "SUBCOMMANDS:": "Commandes :"]
    private static let beginnings = [("OVERVIEW: ", ""), ("USAGE: ", "Usage : "), ("Usage: ", "Usage : "), ("Help:  ", "Aide :  ")]
    private static let words =
        [
            ("<subcommand>", "<commande>"), ("Show subcommand help information.", "Affiche l'aide d'une commande."), ("Show help information.", "Affiche cette aide."),
            ("(default: ", "(par défaut : "),
        ] + sees

    /// « See 'essaim help person <commande>' for detailed help. »
    private static let sees = [("  See '", "  Pour en savoir plus : « "), ("' for detailed help.", " »."), ("' for more information.", " ».")]

    /// « 3 unexpected arguments » is told as two are.
    private static func counted(_ refusal: String) -> String {
        let rest = refusal.drop { $0.isNumber }
        return rest.hasPrefix(" unexpected arguments: '") ? "2\(rest)" : refusal
    }

    /// What a refusal quotes, told otherwise.
    private static func french(refusal: String) -> String {
        for form in refusals {
            guard let rest = refusal.rest(of: form.start), let end = rest.range(of: form.end, options: .backwards) else { continue }
            let quoted = rest[..<end.lowerBound]
            guard let joint = form.joint else { return form.said(String(quoted), "") }
            if let between = quoted.range(of: joint) { return form.said(String(quoted[..<between.lowerBound]), String(quoted[between.upperBound...])) }
        }
        return refusal
    }

    /// How a refusal begins, what joins the two things that it quotes, how it ends.
    private struct Form: Sendable {
        let start: String
        var joint: String?
        var end = "'"
        let said: @Sendable (String, String) -> String
    }

    private static let refusals = [
        Form(start: "Unknown option '", joint: "'. Did you mean '") { "l'option « \($0) » n'existe pas. Vouliez-vous dire « \($1) » ?" },
        Form(start: "Unknown option '") { name, _ in "l'option « \(name) » n'existe pas." },
        Form(start: "Missing expected argument '") { name, _ in "il manque « \(name) »." },
        Form(start: "Missing one of: '") { names, _ in "il manque l'un de ceux-ci : « \(listed(names)) »." },
        Form(start: "Missing value for '") { name, _ in "il manque la valeur de « \(name) »." },
        Form(start: "Unexpected argument '") { word, _ in "« \(word) » n'est pas attendu ici." },
        Form(start: "2 unexpected arguments: '") { words, _ in "« \(listed(words)) » ne sont pas attendus ici." },
        Form(start: "The value '", joint: "' is invalid for '") { "« \($0) » ne convient pas à « \($1) »." },
        Form(start: "The option '", joint: "' does not take any value, but '", end: "' was specified.") {
            "l'option « \($0) » ne prend pas de valeur : retirez « \($1) »."
        },
    ]

    private static func listed(_ quoted: String) -> String { quoted.replacing("', '", with: " », « ") }
}

extension String {
    fileprivate func rest(of beginning: String) -> String? { hasPrefix(beginning) ? String(dropFirst(beginning.count)) : nil }
}
