/// A programme as a network writes it down in one YAML or JSON file: who, where, when, with what means, and in which
/// words the founding document says so. Nothing here was corrected: where the document errs, `findings()` says so.
///
/// The format is described in `docs/format-programme.md`.
public struct ProgrammeFile: Sendable, Equatable {
    /// The only version this reader knows.
    public static let format = "essaim-programme/1"

    public internal(set) var title = ""
    /// The last part of the programme's address.
    public internal(set) var slug = ""
    public internal(set) var language = Language.french
    public internal(set) var summary: String?
    public internal(set) var purpose: Purpose?
    public internal(set) var overallObjective: Purpose?
    public internal(set) var operationalObjectives: [Aim] = []
    /// The licence proposed by default for what the programme publishes.
    public internal(set) var licence = Licence.attributionShareAlike
    public internal(set) var publication = PublicationRule()
    public internal(set) var visitRule: VisitRule?
    public internal(set) var assumptions = Assumptions()
    public internal(set) var roles: [Role] = []
    public internal(set) var phases: [Phase] = []
    public internal(set) var territories: [Territory] = []
    public internal(set) var organizations: [Organization] = []
    /// People named by function, once each, whatever the number of groups they sit in.
    public internal(set) var members: [Member] = []
    public internal(set) var groups: [Group] = []
    public internal(set) var grid: Grid?
    public internal(set) var lenses: [Lens] = []
    public internal(set) var visits: [Visit] = []
    public internal(set) var seminars: [Seminar] = []
    public internal(set) var objectives: [Objective] = []
    public internal(set) var calendar: [Milestone] = []
    public internal(set) var declaredDays: [DeclaredDays] = []
    public internal(set) var interventions: [Intervention] = []
    public internal(set) var statements: [Statement] = []
    public internal(set) var funders: [Funder] = []
}

extension ProgrammeFile: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.format(ProgrammeFile.format)
        keys.line("titre", &title)
        keys.slug("slug", &slug)
        keys.choice("langue", &language)
        keys.text("resume", &summary)
        keys.record("finalite", &purpose)
        keys.record("objectif_global", &overallObjective)
        keys.records("objectifs_operationnels", &operationalObjectives)
        keys.choice("licence", &licence)
        keys.record("regle_de_publication", &publication)
        keys.record("regle_de_visite", &visitRule)
        keys.record("hypotheses", &assumptions)
        keys.records("roles", &roles)
        keys.records("phases", &phases)
        keys.records("territoires", &territories)
        keys.records("organisations", &organizations)
        keys.records("personnes", &members)
        keys.records("groupes", &groups)
        keys.record("grille", &grid)
        keys.records("regards", &lenses)
        keys.records("visites", &visits)
        keys.records("seminaires", &seminars)
        keys.records("objectifs", &objectives)
        keys.records("calendrier", &calendar)
        keys.records("effectifs_declares", &declaredDays)
        keys.records("interventions", &interventions)
        keys.records("affirmations", &statements)
        keys.records("financeurs", &funders)
    }
}
