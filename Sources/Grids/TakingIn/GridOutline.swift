import Formats

/// A grid read from outside, before anything is known of it: what it says, where, and what is wrong with it.
package struct GridOutline: Sendable, Equatable {
    package struct Dimension: Sendable, Equatable {
        /// Its name in the file, when it has one.
        package var key: String?
        package var name: String
        package var description = ""
        package var questions: [Question] = []
    }

    package struct Question: Sendable, Equatable {
        package var key: String?
        package var text: String
        package var probes: [String] = []
    }

    /// Something wrong, or left aside, at a line of a text or a row of a sheet; 0 for the whole.
    package struct Remark: Sendable, Equatable {
        package enum Kind: String, Sendable, Equatable {
            // Nothing is taken as long as one of these is there.
            case empty, noSurvey, noColumn, questionFirst, probeFirst, tooDeep, twinDimension, twinQuestion, tooLong, tooMany, groupInGroup, unclosed
            // Said, and left aside.
            case title, blankDimension, precision, leftAside, choices
        }

        package var line: Int
        package var kind: Kind
        /// The words concerned, cut short.
        package var words: String

        package init(_ line: Int, _ kind: Kind, _ words: String = "") {
            self.line = line
            self.kind = kind
            self.words = String(words.prefix(80))
        }

        package var isFault: Bool {
            switch kind {
            case .title, .blankDimension, .precision, .leftAside, .choices: false
            default: true
            }
        }
    }

    package var dimensions: [Dimension] = []
    /// The questions, as two that say the same thing are alike.
    private var asked: Set<String> = []
    package var remarks: [Remark] = []

    package var faults: [Remark] { remarks.filter(\.isFault) }
    package var questions: [Question] { dimensions.flatMap(\.questions) }

    // MARK: What readers add, line after line

    mutating func begin(_ name: String, key: String? = nil, at line: Int) {
        guard dimensions.count < GridLimits.dimensions else { return overflow(name, at: line) }
        let name = cut(name, GridLimits.name, at: line)
        if dimensions.contains(where: { French.fold($0.name) == French.fold(name) }) { remarks.append(Remark(line, .twinDimension, name)) }
        dimensions.append(Dimension(key: key, name: name))
    }

    mutating func ask(_ text: String, key: String? = nil, at line: Int) {
        guard let last = dimensions.indices.last else { return remarks.append(Remark(line, .questionFirst, text)) }
        guard dimensions.reduce(0, { $0 + $1.questions.count }) < GridLimits.questions else { return overflow(text, at: line) }
        let text = cut(text, GridLimits.question, at: line)
        if !asked.insert(French.fold(text)).inserted { remarks.append(Remark(line, .twinQuestion, text)) }
        dimensions[last].questions.append(Question(key: key, text: text))
    }

    mutating func probe(_ text: String, at line: Int) {
        guard let last = dimensions.indices.last, let question = dimensions[last].questions.indices.last else {
            return remarks.append(Remark(line, .probeFirst, text))
        }
        let text = cut(text, GridLimits.probe, at: line)
        guard dimensions[last].questions[question].probes.count < GridLimits.probes else { return overflow(text, at: line) }
        dimensions[last].questions[question].probes.append(text)
    }

    /// What is said of a dimension, before its first question.
    mutating func describe(_ text: String, at line: Int) {
        guard let last = dimensions.indices.last else { return }
        let known = dimensions[last].description
        dimensions[last].description = cut(known + (known.isEmpty ? "" : "\n") + text, GridLimits.description, at: line)
    }

    /// Words no longer than they may be: that they were is a fault, and nothing will be taken of them.
    private mutating func cut(_ words: String, _ limit: Int, at line: Int) -> String {
        guard CodePoints.count(words) > limit else { return words }
        remarks.append(Remark(line, .tooLong, words))
        return String(words.unicodeScalars.prefix(limit))
    }

    /// Said once: what comes after is not read.
    mutating func overflow(_ text: String, at line: Int) {
        guard !remarks.contains(where: { $0.kind == .tooMany }) else { return }
        remarks.append(Remark(line, .tooMany, text))
    }

    /// What can only be said once all was read.
    mutating func close() {
        if questions.isEmpty, faults.isEmpty { remarks.append(Remark(0, .empty)) }
        for dimension in dimensions where dimension.questions.isEmpty { remarks.append(Remark(0, .blankDimension, dimension.name)) }
    }
}
