/// A long text as a tree that every format can be made from and read to: Markdown, Word, OpenDocument, PDF.
public enum Prose {
    /// One block after the other.
    public indirect enum Block: Sendable, Hashable {
        case paragraph([Inline])
        /// 1 is the highest level of what holds it.
        case heading(Int, [Inline])
        case list(List)
        case quote([Block])
        case code(String)
        case table(Table)
        case rule
        /// `citation:ID`, alone in its paragraph.
        case directive(String)
        /// What a directive shows, in a document that leaves.
        case quotation(Quotation)
        /// A line with a part of its own: title, subtitle, what is said of the document.
        case line(Line, [Inline])
    }

    public enum Line: Sendable, Hashable {
        case title, subtitle, particulars
    }

    public struct List: Sendable, Hashable {
        /// The first number; nil for bullets.
        public var start: Int?
        public var items: [[Block]]

        public init(start: Int? = nil, items: [[Block]]) {
            self.start = start
            self.items = items
        }
    }

    /// A head of columns, then rows; each cell a line.
    public struct Table: Sendable, Hashable {
        public enum Side: Sendable, Hashable {
            case none, left, center, right
        }

        public var sides: [Side]
        public var head: [[Inline]]
        public var rows: [[[Inline]]]

        public init(sides: [Side], head: [[Inline]], rows: [[[Inline]]]) {
            self.sides = sides
            self.head = head
            self.rows = rows
        }
    }

    /// The words of somebody as a reader may see them, with the way to find them again after an editing.
    public struct Quotation: Sendable, Hashable {
        /// Empty when it need not be found again.
        public var id: String
        /// A paragraph each.
        public var words: [String]
        public var attribution: [Inline]
        /// Where it is on the site: ends with `#citation-ID`.
        public var address: String

        public init(id: String, words: [String], attribution: [Inline], address: String) {
            self.id = id
            self.words = words
            self.attribution = attribution
            self.address = address
        }
    }

    /// An image: the words for who does not see it, where it is, what is said under it.
    public struct Image: Sendable, Hashable {
        public var alternative: String
        public var address: String
        public var legend: String

        public init(alternative: String, address: String, legend: String = "") {
            self.alternative = alternative
            self.address = address
            self.legend = legend
        }
    }

    /// A run of a block with its marks.
    public struct Inline: Sendable, Hashable {
        public indirect enum Content: Sendable, Hashable {
            case text(String)
            case lineBreak
            case note([Block])
            case image(Image)
        }

        public struct Marks: Sendable, Hashable {
            public var isStrong = false
            public var isEmphasized = false
            public var isStruck = false
            public var isCode = false
            public var link: String?

            public init() {}
        }

        public var content: Content
        public var marks: Marks

        public init(_ content: Content, _ marks: Marks = Marks()) {
            self.content = content
            self.marks = marks
        }

        public static func text(_ text: String) -> Inline { Inline(.text(text)) }

        public static func strong(_ text: String) -> Inline {
            var marks = Marks()
            marks.isStrong = true
            return Inline(.text(text), marks)
        }

        public static func link(_ text: String, to address: String) -> Inline {
            var marks = Marks()
            marks.link = address
            return Inline(.text(text), marks)
        }

        var text: String? {
            if case .text(let text) = content { text } else { nil }
        }
    }
}

extension [Prose.Inline] {
    /// Neighbours of the same marks as one run, spaces in a row as one, none at either end.
    public var settled: [Prose.Inline] {
        var runs: [Prose.Inline] = []
        for run in self {
            guard case .text(let text) = run.content else {
                runs.append(run)
                continue
            }
            if text.isEmpty { continue }
            if let last = runs.last, last.marks == run.marks, let before = last.text {
                runs[runs.count - 1].content = .text(before + text)
            } else {
                runs.append(run)
            }
        }
        var isSpace = true
        for index in runs.indices {
            guard case .text(let text) = runs[index].content else {
                isSpace = runs[index].content == .lineBreak
                continue
            }
            var kept = ""
            for character in text {
                let isBlank = character == " " || character == "\t" || character == "\n"
                if !isBlank || !isSpace { kept.append(isBlank ? " " : character) }
                isSpace = isBlank
            }
            runs[index].content = .text(kept)
        }
        runs.removeAll { $0.text?.isEmpty == true }
        return runs.trimmedAtEnd
    }

    private var trimmedAtEnd: [Prose.Inline] {
        var runs = self
        while let last = runs.last {
            if last.content == .lineBreak {
                runs.removeLast()
            } else if let text = last.text, text.last == " " {
                let rest = String(text.dropLast())
                if rest.isEmpty { runs.removeLast() } else { runs[runs.count - 1].content = .text(rest) }
            } else {
                break
            }
        }
        while runs.first?.content == .lineBreak { runs.removeFirst() }
        // A break that ended up after a space keeps the space before it out.
        for index in runs.indices.dropLast() where runs[index + 1].content == .lineBreak {
            if let text = runs[index].text, text.last == " " { runs[index].content = .text(String(text.dropLast())) }
        }
        return runs.filter { $0.text?.isEmpty != true }
    }

    /// The image that these runs are, when they are nothing else.
    public var figure: Prose.Image? {
        guard count == 1, case .image(let image) = self[0].content else { return nil }
        return image
    }

    /// The words alone.
    public var words: String {
        map { run in
            switch run.content {
            case .text(let text): text
            case .lineBreak: " "
            case .note: ""
            case .image(let image): image.alternative
            }
        }.joined()
    }
}
