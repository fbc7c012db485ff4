import Formats
import Platform

/// How much a grid may hold: a visit lasts two days, and people answer.
package enum GridLimits {
    package static let dimensions = 30
    package static let questions = 300
    package static let probes = 20
    package static let name = 200
    package static let description = 2_000
    package static let question = 1_000
    package static let probe = 500

    /// The question and the probes that a form says: one probe a line.
    /// - Throws: `Refusals`
    package static func question(_ form: Fields) throws -> (text: String, probes: [String]) {
        let text = form.line("text")
        let probes = self.probes(form.text("probes"))
        var refusals: [any Refusal] = []
        if text.isEmpty { refusals.append(Refused("grids.refusal.noText", field: "text")) }
        if CodePoints.count(text) > question { refusals.append(Refused("grids.refusal.tooLong", ["n": question], field: "text")) }
        if probes.count > Self.probes { refusals.append(Refused("grids.refusal.manyProbes", ["n": Self.probes], field: "probes")) }
        if probes.contains(where: { CodePoints.count($0) > probe }) {
            refusals.append(Refused("grids.refusal.tooLong", ["n": probe], field: "probes"))
        }
        guard refusals.isEmpty else { throw Refusals(refusals) }
        return (text, probes)
    }

    /// Probes typed one a line; a bullet before each is not part of it.
    package static func probes(_ typed: String) -> [String] {
        typed.split(whereSeparator: \.isNewline).map { CleanText.line(String($0.trimmingPrefix(/\s*[-–•*]\s+/))) }.filter { !$0.isEmpty }
    }

    /// The dimension that a form says.
    /// - Throws: `Refusals`
    static func dimension(_ form: Fields) throws -> (name: String, description: String) {
        let (name, description) = (form.line("name"), form.text("description"))
        var refusals: [any Refusal] = []
        if name.isEmpty { refusals.append(Refused("grids.refusal.noName", field: "name")) }
        if CodePoints.count(name) > Self.name { refusals.append(Refused("grids.refusal.tooLong", ["n": Self.name], field: "name")) }
        if CodePoints.count(description) > Self.description {
            refusals.append(Refused("grids.refusal.tooLong", ["n": Self.description], field: "description"))
        }
        guard refusals.isEmpty else { throw Refusals(refusals) }
        return (name, description)
    }
}
