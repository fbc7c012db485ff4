import Platform
import TestSupport

/// A little library of ours: what people of the network could write, with questions whose answers were chosen by reading.
enum SearchCorpus {
    static let texts: [(key: String, title: String, body: String)] = [
        (
            "recyclerie", "La recyclerie de la vallée",
            "Les bénévoles trient les objets donnés, les réparent et les revendent à bas prix. Le réemploi a créé six emplois."
        ),
        (
            "jardin", "Un jardin partagé au pied des tours",
            "Les habitantes cultivent des légumes et des œillets d’Inde. Les récoltes sont partagées entre voisins chaque samedi."
        ),
        (
            "tzcld", "Territoire zéro chômeur de longue durée",
            "L’entreprise à but d’emploi embauche des personnes privées d’emploi. Le comité local choisit les activités utiles."
        ),
        (
            "gouvernance", "Gouverner à plusieurs une coopérative",
            "Le sociétariat réunit salariés, collectivités et habitants. Les décisions sont prises au consentement, après débat."
        ),
        (
            "finance", "Financer l’expérimentation",
            "Subventions publiques, mécénat et prêts participatifs : la structure compose son budget d’année en année."
        ),
        (
            "mobilite", "Se déplacer sans voiture",
            "L’atelier vélo prête des bicyclettes. Un covoiturage solidaire complète les cars de la région."
        ),
        (
            "epicerie", "L’épicerie sociale et solidaire",
            "Elle achète aux maraîchers voisins et vend selon le quotient familial. L’accueil y compte autant que la nourriture."
        ),
        (
            "evaluation", "Évaluer l’utilité sociale",
            "Avec la chercheuse, l’équipe a mesuré les effets sur la santé, le lien et l’environnement par des récits."
        ),
        (
            "tierslieu", "Le tiers-lieu du bourg",
            "Coworking, café associatif et fablab se partagent l’ancienne gare. La mairie prête les locaux."
        ),
        (
            "elus", "Ce qu’en disent les élues",
            "Pour la maire, la coopération entre communes naît d’un projet concret, jamais d’une charte."
        ),
        (
            "formation", "Former les accompagnateurs",
            "Trois journées d’apprentissage entre pairs : écouter, questionner, ne pas faire à la place."
        ),
        (
            "energie", "Des panneaux solaires citoyens",
            "La société locale produit de l’électricité renouvelable sur le toit de l’école et réinvestit ses bénéfices."
        ),
        (
            "numerique", "Ordinateurs reconditionnés",
            "Les machines données par les entreprises sont remises en état puis cédées aux familles. Médiation numérique offerte."
        ),
        (
            "culture", "Un théâtre d’habitants",
            "La troupe joue les récits recueillis dans le quartier. Les répétitions se tiennent à la maison de la jeunesse."
        ),
    ]

    /// What people type, and the texts that answer.
    static let questions: [(typed: String, answers: Set<String>)] = [
        ("réemploi", ["recyclerie"]), ("reparer des objets", ["recyclerie"]), ("benevole", ["recyclerie"]),
        ("jardins partagés", ["jardin"]), ("oeillet", ["jardin"]), ("récolte", ["jardin"]),
        ("habitante", ["jardin", "gouvernance", "culture"]),
        ("emploi", ["recyclerie", "tzcld"]), ("chômeurs", ["tzcld"]), ("comités locaux", ["tzcld"]),
        ("coopératives", ["gouvernance"]), ("décider par consentement", ["gouvernance"]), ("salariée", ["gouvernance"]),
        ("financement", ["finance"]), ("subvention publique", ["finance"]), ("vélos", ["mobilite"]),
        ("covoiturage", ["mobilite"]),
        ("epiceries solidaires", ["epicerie"]), ("maraîcher", ["epicerie"]), ("utilite sociale", ["evaluation"]),
        ("chercheuses", ["evaluation"]), ("\"tiers-lieu\"", ["tierslieu"]), ("locaux prêtés", ["tierslieu"]),
        ("coopération", ["elus"]),
        ("formations", ["formation"]), ("apprendre entre pairs", ["formation"]), ("ENERGIE solaire", ["energie"]),
        ("ordinateur", ["numerique"]), ("médiations numériques", ["numerique"]), ("théâtre", ["culture"]),
        ("récits", ["evaluation", "culture"]),
    ]

    /// Puts the texts in the search of a site, seen by everybody.
    static func enter(_ test: TestSite) async throws {
        try await test.site.amend(as: "test.corpus", by: .site) { change in
            for text in texts {
                try change.protect(Protection("text", text.key, programme: nil, author: nil, audience: .everyone))
                try change.index(
                    SearchDocument(
                        "text", text.key, programme: nil, title: text.title, body: text.body,
                        path: "/textes/\(text.key)",
                        facets: ["territory": [text.key.count > 7 ? "Nord" : "Sud"]]))
            }
            try change.trace("text", "corpus")
        }
    }
}
