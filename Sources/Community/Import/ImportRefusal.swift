import Platform

/// Why a programme is not created, though its file reads well.
enum ImportRefusal: Refusal {
    /// Another programme has this address already.
    case addressTaken(String)
    /// A word that the site keeps for itself.
    case addressReserved(String)

    var key: String {
        switch self {
        case .addressTaken: "community.import.addressTaken"
        case .addressReserved: "community.import.addressReserved"
        }
    }

    var arguments: [String: any WordArgument] {
        switch self {
        case .addressTaken(let slug), .addressReserved(let slug): ["slug": slug]
        }
    }

    var field: String? { "text" }
}

/// One problem of a file, as a refusal that a page and the command line can say.
struct FileRefusal: Refusal {
    let problem: ProgrammeFile.Problem
    let file: String

    var key: String { problem.key }

    var arguments: [String: any WordArgument] {
        var arguments: [String: any WordArgument] = problem.arguments
        arguments["file"] = file
        arguments["line"] = String(problem.line)
        arguments["column"] = String(problem.column)
        arguments["path"] = problem.path.isEmpty ? file : problem.path
        return arguments
    }
}

extension ProgrammeFile.Problems {
    /// All of them at once, to be said in the language of whoever reads.
    package var refusals: Refusals { Refusals(list.map { FileRefusal(problem: $0, file: file) }) }

    /// The sentences, one for each problem, in the order of the lines.
    public func sentences(_ words: Words) -> [String] {
        list.map { problem in
            let refusal = FileRefusal(problem: problem, file: file)
            return words(refusal.key, refusal.arguments)
        }
    }
}

extension ProgrammeFile.Argument: WordArgument {
    public func said(in words: Platform.Words) -> String {
        self.words(in: words.language == .french ? .french : .english)
    }
}

extension ProgrammeFile.Finding {
    /// The sentence, in the language of whoever reads.
    public func sentence(_ words: Words) -> String { words(key, arguments) }
}
