/// The words of a reworked line as they are found; a space alone between two changes belongs to them, so that a reader
/// sees one change and not three.
struct WordRuns {
    /// A change and the text after it that is the same.
    private struct Run {
        var removed = ""
        var added = ""
        var same = ""
        var isChange: Bool { !removed.isEmpty || !added.isEmpty }
    }

    private var runs = [Run()]

    mutating func change(removed: String, added: String) {
        guard !removed.isEmpty || !added.isEmpty else { return }
        if let last = runs.last, last.isChange, last.same.allSatisfy(\.isWhitespace) {
            runs[runs.count - 1].removed += last.same + removed
            runs[runs.count - 1].added += last.same + added
            runs[runs.count - 1].same = ""
        } else {
            runs.append(Run(removed: removed, added: added))
        }
    }

    mutating func same(_ text: Substring) {
        runs[runs.count - 1].same += text
    }

    var words: [Difference.Word] {
        runs.flatMap { run in
            [
                Difference.Word(text: run.removed, kind: .removed), Difference.Word(text: run.added, kind: .added),
                Difference.Word(text: run.same, kind: .same),
            ].filter { !$0.text.isEmpty }
        }
    }
}
