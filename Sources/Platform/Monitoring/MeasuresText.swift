/// The figures of the server in the text format of Prometheus (version 0.0.4).
struct MeasuresText {
    private var lines: [String] = []

    var text: String { lines.joined(separator: "\n") + "\n" }

    mutating func add(_ figures: Measures.Figures) {
        declare("essaim_answers_total", "counter", "Answers given, by method, pattern of the path and status.")
        for (kind, count) in figures.answers.sorted(by: { $0.key < $1.key }) {
            lines.append(
                "essaim_answers_total{method=\"\(kind.method)\",route=\"\(Self.escaped(kind.route))\",status=\"\(kind.status)\"} \(count)")
        }
        declare("essaim_answer_seconds", "histogram", "Time from a request read to its answer made.")
        var total = 0
        for (bound, count) in zip(Measures.Durations.bounds, figures.durations.counts) {
            total += count
            lines.append("essaim_answer_seconds_bucket{le=\"\(Self.number(bound))\"} \(total)")
        }
        total += figures.durations.counts.last ?? 0
        lines.append("essaim_answer_seconds_bucket{le=\"+Inf\"} \(total)")
        lines.append("essaim_answer_seconds_sum \(Self.number(figures.durations.sum))")
        lines.append("essaim_answer_seconds_count \(total)")
        declare("essaim_answer_bytes_total", "counter", "Bytes of the bodies of answers.")
        lines.append("essaim_answer_bytes_total \(figures.bytes)")
        add([Gauge("essaim_requests_in_flight", "Requests being answered.", figures.inFlight)])
    }

    mutating func add(_ gauges: [Gauge]) {
        for gauge in gauges {
            declare(gauge.name, gauge.name.hasSuffix("_total") ? "counter" : "gauge", gauge.help)
            lines.append("\(gauge.name) \(Self.number(gauge.value))")
        }
    }

    private mutating func declare(_ name: String, _ type: String, _ help: String) {
        lines += ["# HELP \(name) \(help)", "# TYPE \(name) \(type)"]
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { escaped, character in
            switch character {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.append(character)
            }
        }
    }
}
