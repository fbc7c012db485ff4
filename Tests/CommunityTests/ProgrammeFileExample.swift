import Community
import Foundation
import Testing

/// The programme file that ships with the platform, and what the tests of the format share.
enum ProgrammeFileExample {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let text: String = {
        let url = root.appending(path: "Examples/territoires-en-action.yaml")
        return (try? String(contentsOf: url, encoding: .utf8)) ?? ""
    }()

    /// The example, read; a failing test when it has a problem.
    static func file() throws -> ProgrammeFile {
        try ProgrammeFile.read(text, named: "territoires-en-action.yaml").get()
    }

    /// The problems of a text, `[]` when it has none.
    static func problems(_ text: String) -> [ProgrammeFile.Problem] {
        switch ProgrammeFile.read(text, named: "essai.yaml") {
        case .success: []
        case .failure(let problems): problems.list
        }
    }

    /// A programme as short as the format allows, with a few parts to break.
    static let small = """
        format: essaim-programme/1
        titre: "Petit programme"
        slug: petit
        regle_de_visite:
          groupe_min: 4
          groupe_max: 6
          visites_par_personne: 3
        roles:
          - { id: mission, nom: "Mission", genre: mission }
        phases:
          - id: phase-1
            titre: "Première phase"
            periode: { debut: "01/01/2021", fin: "30/06/2021" }
        territoires:
          - id: caen
            nom: "Caen"
            codes:
              - { genre: commune, code: "14118" }
        organisations:
          - { id: ardes, nom: "ARDES", genre: reseau-regional }
        visites:
          - id: caen
            titre: "Visite à Caen"
            hotes: [ardes]
            territoire: caen
        """
}

/// A small repeatable source of numbers (SplitMix64), so that a failing property can be played again.
struct Dice: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
