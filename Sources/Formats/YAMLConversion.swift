import Yams

/// From what the YAML library composed to our own tree, or to the refusal that says where and why.
enum YAMLConversion {
    static func tree(_ node: Node, depth: Int = 0) throws(YAMLTree.Failure) -> Tree {
        let line = node.mark?.line ?? 1
        let column = node.mark?.column ?? 1
        func refuse(_ reason: YAMLTree.Failure.Reason) -> YAMLTree.Failure {
            YAMLTree.Failure(line: line, column: column, reason: reason)
        }
        guard node.anchor == nil else { throw refuse(.aliasRefused) }
        guard depth <= YAMLTree.depthLimit else { throw refuse(.tooDeep) }
        switch node {
        case .scalar(let scalar):
            guard isUntagged(scalar.tag) else { throw refuse(.syntax("tags are not read")) }
            let quoted = scalar.style != .plain && scalar.style != .any
            return Tree(kind: .scalar(scalar.string, quoted: quoted), line: line, column: column)
        case .sequence(let sequence):
            guard isUntagged(sequence.tag) else { throw refuse(.syntax("tags are not read")) }
            var items: [Tree] = []
            for item in sequence { items.append(try tree(item, depth: depth + 1)) }
            return Tree(kind: .list(items), line: line, column: column)
        case .mapping(let mapping):
            guard isUntagged(mapping.tag) else { throw refuse(.syntax("tags are not read")) }
            var entries: [(key: String, keyLine: Int, value: Tree)] = []
            var known: Set<String> = []
            for (key, value) in mapping {
                let place = try tree(key, depth: depth + 1)
                guard let name = place.scalar else { throw refuse(.syntax("a key must be a word")) }
                guard known.insert(name).inserted else {
                    throw YAMLTree.Failure(line: place.line, column: place.column, reason: .duplicateKey(name))
                }
                entries.append((name, place.line, try tree(value, depth: depth + 1)))
            }
            return Tree(kind: .map(entries), line: line, column: column)
        case .alias: throw refuse(.aliasRefused)
        }
    }

    static func failure(_ error: YamlError, in text: String) -> YAMLTree.Failure {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            let reason: YAMLTree.Failure.Reason =
                problem.contains("alias")
                ? .aliasRefused
                : problem.hasPrefix("Maximum nesting") ? .tooDeep : .syntax(problem)
            return YAMLTree.Failure(line: mark.line, column: mark.column, reason: reason)
        case .duplicatedKeysInMapping(let keys, let context):
            let key = keys.first ?? ""
            let line = secondLine(of: key, after: context.mark, in: text) ?? context.mark.line
            return YAMLTree.Failure(line: line, column: context.mark.column, reason: .duplicateKey(key))
        case .reader:
            return YAMLTree.Failure(line: 1, column: 1, reason: .encoding)
        default:
            return YAMLTree.Failure(line: 1, column: 1, reason: .syntax("\(error)"))
        }
    }

    private static func isUntagged(_ tag: Tag) -> Bool {
        ["", "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"].contains(tag.description)
    }

    /// The library points at the first of two equal keys; the second stands below it, in the same column.
    private static func secondLine(of key: String, after mark: Mark, in text: String) -> Int? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.indices.dropFirst(mark.line).first { line in
            let scalars = lines[line].unicodeScalars
            guard scalars.count >= mark.column else { return false }
            let rest = String(scalars.dropFirst(mark.column - 1))
            return [key, "\"\(key)\"", "'\(key)'"].contains { rest.hasPrefix($0 + ":") || rest.hasPrefix($0 + " :") }
        }.map { $0 + 1 }
    }
}
