import Formats
import Testing

struct FrenchTests {
    @Test(arguments: [
        ("L’ŒUVRE d'Ætius", "l'oeuvre d'aetius"), ("ÉTÉ Noël ça où", "ete noel ca ou"), ("e\u{301}te\u{301}", "ete"),
        ("Straße", "strasse"), ("coopé\u{AD}ration", "cooperation"), ("ﬁnance", "finance"),
        ("porte‑parole", "porte-parole"),
        ("Łódź Søren", "lodz soren"), ("שלום 👩‍🌾", "שלום 👩‍🌾"), ("Ἀθῆναι", "αθηναι"),
    ])
    func `accents, case, ligatures and apostrophes are set aside`(text: String, folded: String) {
        #expect(French.fold(text) == folded)
    }

    @Test func `elisions are left out and hyphens cut`() {
        let text = "L'Économie d’aujourd'hui, jusqu'à Saint-Étienne : qu'est-ce que « c'est » ? O'Brien 2,5"
        #expect(
            French.tokens(text).map(\.word) == [
                "economie", "aujourdhui", "a", "saint", "etienne", "est", "ce", "que", "est", "obrien", "2", "5",
            ])
    }

    @Test func `each word knows its place`() {
        let text = "Qu'œuvre-t-il, l’été ? e\u{301}."
        #expect(French.tokens(text).map { String(text[$0.range]) } == ["œuvre", "t", "il", "été", "e\u{301}"])
        #expect(French.tokens("'l' d''un l'").map(\.word) == ["l", "d", "un", "l"])
        #expect(French.tokens("").isEmpty && French.tokens(" — … ’ ").isEmpty)
    }

    @Test(arguments: [
        ["coopération", "coopérations", "cooperation", "cooperations", "Coopératif", "coopérative", "coopératives"],
        ["œuvre", "oeuvre", "œuvres", "OEUVRES"], ["activité", "activités", "activite", "activites"],
        ["solidarité", "solidaires", "solidarites", "solidaire"], ["salaire", "salariée", "salariés"],
        ["cheval", "CHEVAL"], ["chevaux"], ["local", "locaux", "locale"],
        ["réseau", "réseaux", "reseaux"], ["public", "publique", "publiques", "publics"],
        ["associé", "associée", "associés", "association", "associations"], ["visite", "visites", "visité", "visiter"],
        ["économique", "économie", "economies"], ["première", "premier", "premieres"],
        ["idée", "idées", "idee", "idees"],
        ["habitante", "habitants"], ["territoire", "territoires"], ["engagée", "engagés", "engager", "engagees"],
        ["initiative", "initiatives"], ["structure", "structures"], ["écologique", "écologie", "ecologiques"],
    ])
    func `a family has one stem`(family: [String]) {
        #expect(Set(family.map(French.stem)).count == 1, "\(family.map(French.stem))")
    }

    @Test func `different words keep different stems`() {
        let words = [
            "banque", "banc", "coopération", "corps", "cheval", "cheveu", "public", "publier", "visite", "visage",
        ]
        #expect(Set(words.map(French.stem)).count == words.count, "\(words.map(French.stem))")
    }

    @Test func `accents never change a stem`() {
        let text = """
            Après l'été, les porteuses d'initiatives coopèrent ; la communauté a créé près de Caen une épicerie où chaque
            bénévole, salarié ou élue décide. « Ça marche », répètent-elles. Dès 2019 : ambiguïté, naïveté, forêts, bâti,
            intérêt général, régulière, hébergées, expérimentées, complémentarité, légère, réussîmes, âgés, maïs.
            """
        #expect(French.stems(text) == French.stems(French.fold(text)))
    }

    @Test func `figures, other scripts and endless words are only folded`() {
        #expect(French.stem("2026") == "2026" && French.stem("PES21") == "pes21" && French.stem("שלום") == "שלום")
        let long = String(repeating: "é", count: 10_000)
        #expect(French.stem(long) == String(repeating: "e", count: 10_000))
        #expect(French.stem("") == "" && French.stem("le") == "le")
    }

    @Test func `stems can be sought from many tasks at once`() async {
        let text = "Les coopératives d'activité et d'emploi œuvrent aux transitions écologiques et sociales."
        let expected = French.stems(text)
        await withTaskGroup(of: [String].self) { group in
            for _ in 0..<200 { group.addTask { French.stems(text) } }
            for await stems in group { #expect(stems == expected) }
        }
    }

    @Test func `stop words are written as tokens are`() {
        #expect(French.stopwords.allSatisfy { French.fold($0) == $0 })
        #expect(French.tokens("L'un, c'est à nous").map(\.word).allSatisfy(French.stopwords.contains))
    }

    @Test func `sort keys put words in a reader's order`() {
        let words = [
            "Visite 10", "visite 2", "Étampes", "eau", "Évreux", "« École »", "Œuvre", "zoo", "offre", "l'Aigle",
        ]
        #expect(
            words.sorted { French.sortKey($0) < French.sortKey($1) } == [
                "eau", "« École »", "Étampes", "Évreux", "l'Aigle", "Œuvre", "offre", "visite 2", "Visite 10", "zoo",
            ])
        #expect(French.sortKey("A – 0007!") == "a 00000007")
    }

    @Test func `slugs are short plain words`() {
        #expect(French.slug("  L'Œuvre de Caen : été 2026 !") == "l-oeuvre-de-caen-ete-2026")
        let long = French.slug(String(repeating: "territoires ", count: 20))
        #expect(long.utf8.count <= 80 && long.hasSuffix("territoires"))
        #expect(French.slug(String(repeating: "a", count: 200)) == String(repeating: "a", count: 80))
        #expect(French.slug("שלום — !").isEmpty)
    }
}
