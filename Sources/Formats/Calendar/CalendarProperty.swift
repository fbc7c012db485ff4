/// A line of a calendar file that is read: its name, its parameters, its value (RFC 5545 §3.1).
struct CalendarProperty {
    let name: String
    let parameters: [String: String]
    let value: String

    init?(_ line: String) {
        var parts: [String] = [""]
        var (isQuoted, value): (Bool, String?) = (false, nil)
        for character in line {
            if value != nil {
                value?.append(character)
            } else if character == "\"" {
                isQuoted.toggle()
            } else if character == ";", !isQuoted {
                parts.append("")
            } else if character == ":", !isQuoted {
                value = ""
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        guard let value, !parts[0].isEmpty else { return nil }
        self.value = value
        name = parts[0].uppercased()
        let pairs = parts.dropFirst().compactMap { part -> (String, String)? in
            let cut = part.split(separator: "=", maxSplits: 1)
            return cut.count == 2 ? (cut[0].uppercased(), String(cut[1])) : nil
        }
        parameters = Dictionary(pairs) { first, _ in first }
    }

    /// What people typed (§3.3.11), on one line.
    var text: String {
        var (text, isEscaped) = ("", false)
        for character in value {
            if isEscaped {
                text.append(character == "n" || character == "N" ? " " : character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                text.append(character)
            }
        }
        return CleanText.line(String(text.prefix(300)))
    }

    /// `20260414`, `20260414T090000`, `20260414T070000Z`.
    func moment() throws(CalendarFault) -> ReceivedEvent.Moment {
        let written = value.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let digits = written.first, digits.utf8.count == 8, let day = Day(iso: "\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))")
        else { throw .date(String(value.prefix(30))) }
        guard written.count == 2 else { return .day(day) }
        guard let hour = Int(written[1].prefix(2)), let minute = Int(written[1].dropFirst(2).prefix(2)), (0..<24).contains(hour), (0..<60).contains(minute)
        else { throw .date(String(value.prefix(30))) }
        let all = hour * 60 + minute
        if written[1].hasSuffix("Z") { return .instant(Instant(milliseconds: (Int64(day.daysSinceEpoch) * 1_440 + Int64(all)) * 60_000)) }
        return .local(day, minute: all, zone: parameters["TZID"])
    }
}
