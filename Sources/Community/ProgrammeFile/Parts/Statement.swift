extension ProgrammeFile {
    /// Days of work the document declares for a role in a phase, to be compared with what its lines add up to.
    public struct DeclaredDays: Sendable, Equatable {
        public internal(set) var role = ""
        public internal(set) var phase = ""
        public internal(set) var days = Quantity(0)
        /// The days are those of each person who plays the role, not of all together.
        public internal(set) var isEach = false
        public internal(set) var citation = Citation()
    }

    /// What one role is to do in a phase, told task by task.
    public struct Intervention: Sendable, Equatable {
        public internal(set) var role = ""
        public internal(set) var phase = ""
        public internal(set) var tasks: [InterventionTask] = []
        public internal(set) var citation = Citation()
    }

    /// One task of an intervention, in days.
    public struct InterventionTask: Sendable, Equatable {
        public internal(set) var title = ""
        public internal(set) var days = Quantity(0)
        /// The task is to be present at visits or seminars.
        public internal(set) var presence: Occasion?
        public internal(set) var citation = Citation()
    }

    /// A figure the document gives about something it may speak of several times.
    public struct Statement: Sendable, Equatable {
        /// What the figure is about; statements on one subject are compared.
        public internal(set) var subject = ""
        public internal(set) var measure = Measure.count
        public internal(set) var value = Quantity(0)
        /// The upper end, where the document gives a range.
        public internal(set) var upTo: Quantity?
        /// What the file itself counts on that subject.
        public internal(set) var counted: Counted?
        public internal(set) var citation = Citation()

        /// What kind of figure it is, which decides how a difference is told.
        public enum Measure: String, Sendable, FileChoice {
            case count = "nombre"
            case seminars = "seminaires"
            case visitLength = "duree-de-visite"
            case noteLength = "longueur-de-note"
        }

        /// What the file can count by itself.
        public enum Counted: String, Sendable, FileChoice {
            case visits = "visites"
            case phases = "phases"
            case facilitators = "accompagnement"
            case seminarDays = "journees-de-seminaire"
        }
    }
}

extension ProgrammeFile.DeclaredDays: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.reference("role", &role, to: .role)
        keys.reference("phase", &phase, to: .phase)
        keys.quantity("jours", &days)
        keys.flag("par_personne", &isEach)
        keys.cite(&citation)
    }
}

extension ProgrammeFile.Intervention: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.reference("role", &role, to: .role)
        keys.reference("phase", &phase, to: .phase)
        keys.cite(&citation)
        keys.records("taches", &tasks)
    }
}

extension ProgrammeFile.InterventionTask: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.text("titre", &title)
        keys.quantity("jours", &days)
        keys.choice("presence", &presence)
        keys.cite(&citation)
    }
}

extension ProgrammeFile.Statement: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.line("sujet", &subject)
        keys.choice("mesure", &measure)
        keys.quantity("valeur", &value)
        keys.quantity("jusqu_a", &upTo)
        keys.demand(
            upTo.map { value <= $0 } ?? true, at: "jusqu_a",
            FileFault("reversed", ["minimum": .quantity(value), "maximum": .quantity(upTo ?? value)]))
        keys.choice("calcul", &counted)
        keys.cite(&citation)
    }
}
