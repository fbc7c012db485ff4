extension ProgrammeFile {
    /// One reason why a programme file is refused, told by the line to look at and what to do about it.
    public struct Problem: Sendable, Equatable {
        /// Lines and columns are counted from 1.
        public let line: Int
        public let column: Int
        /// Where in the file, items counted from 1: `visites[2].hotes[1]`. Empty for the file itself.
        public let path: String
        /// Locale key of the sentence: `community.file.missing`.
        public let key: String
        public let arguments: [String: Argument]
    }

    /// All the reasons why a file is refused, in the order of its lines.
    public struct Problems: Error, Sendable, Equatable {
        public let file: String
        public let list: [Problem]

        /// The named arguments of one problem's sentence: its own, and `file`, `line`, `column` and `path`
        /// (the file itself, where the problem is not inside a key).
        public func arguments(of problem: Problem, in language: Language) -> [String: String] {
            var words = problem.arguments.mapValues { $0.words(in: language) }
            words["file"] = file
            words["line"] = String(problem.line)
            words["column"] = String(problem.column)
            words["path"] = problem.path.isEmpty ? file : problem.path
            return words
        }
    }
}
