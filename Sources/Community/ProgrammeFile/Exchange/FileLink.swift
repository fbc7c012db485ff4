/// What a scalar does with an identifier: it gives it to something, or points at something.
enum FileLink {
    case declares(FileKind)
    case refers(FileKind)
}

/// The kinds of things that have an identifier; the raw value is the key of the file under which they are declared.
enum FileKind: String {
    case role = "roles"
    case phase = "phases"
    case territory = "territoires"
    case organization = "organisations"
    case member = "personnes"
    case group = "groupes"
    case constituency = "colleges"
    case dimension = "dimensions"
    case question = "questions"
    case lens = "regards"
    case visit = "visites"
    case seminar = "seminaires"
    case objective = "objectifs"
    case subObjective = "sous_objectifs"
    case milestone = "calendrier"
    case funder = "financeurs"
}
