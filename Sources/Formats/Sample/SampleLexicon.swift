/// The words that samples are written with, the most frequent first: those of local cooperation, then invented places, each
/// rarer than the one before.
enum SampleLexicon {
    struct Word: Sendable {
        let written: String
        /// As the search knows them: see `French`.
        let stem: String
        let surface: String

        init(_ written: String) {
            self.written = written
            stem = French.stem(written)
            surface = French.fold(written)
        }
    }

    static let words: [Word] = (common + places).map(Word.init)
    /// Between two words, so that a line reads like French; drawn as often one as the other.
    static let links: [Word] = ["de", "la", "et", "les", "pour", "dans", "le", "avec", "des", "sur", "une", "par"].map(Word.init)

    /// Ranks as often as Zipf's law wants them: the word of rank `r` has a share of `1 / r`.
    static let ranks: [UInt16] = {
        let weights = (1...words.count).map { 1 / Double($0) }
        let whole = weights.reduce(0, +)
        var ranks: [UInt16] = []
        ranks.reserveCapacity(1 << 16)
        var reached = 0.0
        for (rank, weight) in weights.enumerated() {
            reached += weight / whole
            let end = min(1 << 16, Int((reached * Double(1 << 16)).rounded()))
            while ranks.count < end { ranks.append(UInt16(rank)) }
        }
        return ranks
    }()

    static let firstNames = split(
        """
        Adèle Agathe Aïcha Alban Amina Anaïs Antoine Apolline Armand Aurore Basile Bérénice Blaise Bruno Capucine Cécile Célestin
        Chloé Clarisse Côme Corentin Damien Delphine Diane Édith Éloi Émile Esther Eugénie Fatou Félix Flore Gabin Gaspard
        Geneviève Gisèle Hadrien Honorine Hugo Ilyes Inès Irène Jade Joachim Justine Kenza Lazare Léonie Lilian Ludivine Malik Marceau
        Mathilde Maxence Nadège Nino Noémie Octave Ophélie Oscar Paloma Philippine Quentin Rachel Raphaël Romane Sabine Samir
        Séverin Solène Suzanne Thaïs Théodore Ulysse Valentine Victor Violette Yaëlle Yanis Zélie
        """)
    static let lastNames = split(
        """
        Abadie Allard Amiot Arnoult Aubry Bachelet Baudry Béranger Berthier Besson Bonnaud Bouvier Brémond Caillaud Carlier Castel
        Chabrol Charpy Chauvet Colas Cordier Coudray Courtois Daumas Delmas Deschamps Dufour Duhamel Escande Estève Fabre Faucher
        Ferrand Fontaine Fournel Gaillard Garnier Gaudin Gilbert Granger Guérin Hamon Hébert Huet Imbert Jacquet Jourdan Joubert
        Labbé Lacroix Lagarde Langlois Laurens Lebon Lefort Legrand Lemoine Leroux Maillard Marchal Marty Mercier Monnier Morel
        Navarro Neveu Olivier Pasquier Pelletier Perrin Picard Poirier Prévost Renard Ribeiro Rivière Rolland Roussin Salmon Sauvage
        Sylvestre Tessier Thibault Toussaint Vallet Vasseur Verdier Vidal Vigneron Wagner Weber Zimmermann
        """)

    private static func split(_ text: String) -> [String] {
        text.split(whereSeparator: \.isWhitespace).map(String.init)
    }

    private static let common = split(
        """
        territoire coopération habitants projet association collectif initiative commune travail transition acteurs ressources
        développement groupe partage échange économie sociale solidaire local démarche métropole visite équipe élus structure
        emploi alimentation jardin atelier réseau partenaires gouvernance participation citoyenne écologique accompagnement public
        mobilité quartier bassin formation filière énergie logement culture agriculture rural centre financement expérience
        recherche méthode question réponse mairie région département agglomération conseil réunion comité pilotage calendrier budget
        bénévoles salariés usagers familles jeunesse seniors santé soin insertion handicap égalité langue école lycée université
        entreprise coopérative artisan commerce marché monnaie épicerie cantine cuisine potager semence ferme paysan élevage forêt
        rivière littoral montagne plateau vallée bourg village ville banlieue friche usine gare tramway vélo covoiturage route
        réparation réemploi recyclage ressourcerie déchets compost matériaux bois laine pierre chantier rénovation isolation chauffage
        solaire éolien hydraulique biomasse sobriété climat biodiversité sol eau pollution paysage patrimoine mémoire récit enquête
        entretien observation carnet photographie cartographie indicateur évaluation impact diagnostic stratégie feuille convention
        contrat subvention fondation mécénat épargne investissement fiscalité loyer foncier propriété usage commun règle statut
        décision vote consensus conflit médiation confiance écoute parole débat dialogue animation facilitation rencontre
        apprentissage transmission compétence métier savoir technique innovation expérimentation essaimage
        mutualisation coordination complémentarité réciprocité solidarité hospitalité convivialité fête théâtre musique bibliothèque
        médiathèque numérique logiciel données internet radio journal affiche permanence guichet accueil orientation parcours
        précarité pauvreté chômage dignité autonomie pouvoir démocratie république service délégation contractualisation
        planification aménagement urbanisme habitat résidence hameau lotissement périphérie centralité attractivité démographie
        vieillissement exode installation reprise cession succession saison récolte vendange moisson transhumance pêche conchyliculture
        tourisme sentier randonnée refuge camping festival marionnette vannerie céramique tissage couture menuiserie ferronnerie
        boulangerie fromagerie brasserie cidrerie apiculture maraîchage arboriculture viticulture sylviculture pastoralisme
        agroforesterie permaculture phytoépuration géothermie méthanisation autopartage télétravail cohabitation crèche périscolaire
        parentalité aidants autisme addiction prévention dépistage télémédecine ostéopathie herboristerie podcast webinaire hackathon
        """)

    /// Invented communes: there are as many as it takes to have rare words.
    private static let places: [String] = {
        let heads = split(
            """
            Aubi Barde Bello Briou Cade Cham Chante Clair Cormo Cour Dam Doul Échau Espe Fauve Fleu Fonte Gar Gentio Grand Haute
            Isse Jarna Jonque Lan Lavau Ligné Lombe Mague Mar Meille Monté Mor Nantho Noir Orme Pardi Pier Pleu Prébo Quer Rance
            Roche Romo Sain Salva Sau Seille Tauri Ther Tour Ussel Vaude Ver Vi Vieille Ville Vou Ygra Zonza
            """)
        let tails = split(
            """
            bourg brunne cérac chaumes cieux court dreuil fargues fontaines gagne gnac gny gues laincourt lieux lonne mesnil mont moutier
            nac nay nières ouville pierre pont puy ques rac rieux rolles sac selve sière sols sonne tal tenay thun tigny tot tusson
            val vanne vaux vernes vert vignes viller viers xent yère zac
            """)
        return tails.indices.flatMap { tail in heads.indices.map { heads[($0 &* 7 &+ tail) % heads.count] + tails[tail] } }
    }()
}
