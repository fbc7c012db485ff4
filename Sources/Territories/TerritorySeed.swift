import Formats
import Platform

/// Many plausible territories, always the same: for measures of speed, never for a real site.
package enum TerritorySeed {
    /// Answers their identifiers.
    package static func territories(_ numbers: Range<Int>, in programme: String, seed: Int, _ change: Change) throws -> [String] {
        try numbers.map { number in
            var prose = SampleProse(seed: seed, 3_000_000 + number)
            let new = try NewTerritory(Fields([("name", prose.title().text), ("codes", "14\(100 + number % 700)")]))
            let id = try new.add(to: programme, change)
            try change.trace("territory", id, programme: programme, as: "territory.added", ["label": new.name])
            return id
        }
    }
}
