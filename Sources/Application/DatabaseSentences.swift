import Database
import Schema

extension SchemaProblem {
    var sentence: String {
        switch self {
        case .newer(let unknown):
            """
            Cette base a été créée par une version plus récente d'Essaim (étape inconnue : \(unknown.joined(separator: ", "))). \
            Installez cette version ; rien n'a été modifié.
            """
        case .older(let missing):
            """
            Cette base a été créée par une version plus ancienne d'Essaim (étapes à venir : \(missing.joined(separator: ", "))). \
            Sauvegardez-la, puis « essaim serve » la mettra à jour ; rien n'a été modifié.
            """
        case .edited(let name):
            "L'étape « \(name) » du schéma n'est pas celle qui a servi à créer cette base. Rien n'a été modifié."
        case .foreign:
            "Cette base contient des tables qui ne sont pas celles d'un site Essaim. Rien n'a été modifié."
        }
    }
}

extension DatabaseProblem {
    func sentence(at place: String) -> String {
        switch self {
        case .full: "Il n'y a plus de place pour écrire « \(place) »."
        case .readOnly: "« \(place) » ne peut pas être ouvert en écriture : vérifiez les droits."
        case .busy: "« \(place) » est tenu par un autre programme."
        case .damaged: "« \(place) » n'est pas une base intacte. Restaurez une sauvegarde."
        case .notDurable(let setting): "Les écritures ne sont pas garanties (\(setting)) : Essaim ne démarre pas."
        case .unreachable(let words): "Le serveur de « \(place) » ne répond pas : \(words)"
        case .uncertain: "« \(place) » s'est interrompu pendant un enregistrement : vérifiez s'il est fait avant de recommencer."
        case .refused(let refusal): refusal.sentence(at: place)
        case .constraint(let message), .other(let message): "La base a répondu : \(message)"
        }
    }

    var code: Int32 {
        switch self {
        case .refused(.badAddress): 64
        case .refused(.encoding): 65
        case .unreachable, .refused: 69
        default: 74
        }
    }
}

extension DatabaseRefusal {
    fileprivate func sentence(at place: String) -> String {
        switch self {
        case .noLibrary: "La bibliothèque libpq n'est pas installée : sur Debian, « apt-get install libpq5 »."
        case .badAddress(let words):
            "L'adresse de la base n'est pas comprise (\(words)) : elle s'écrit postgres://compte:passe@serveur:5432/base."
        case .identity(let words): "Le serveur de « \(place) » refuse ce compte ou son mot de passe : \(words)"
        case .noDatabase(let words): "La base « \(place) » n'existe pas : \(words)"
        case .noRight(let words): "Ce compte n'a pas les droits qu'il faut sur « \(place) » (créer des tables, lire, écrire) : \(words)"
        case .oldServer(let version): "« \(place) » est servie par PostgreSQL \(version) ; Essaim demande la version 15 ou une plus récente."
        case .encoding(let name): "« \(place) » est encodée en \(name) ; Essaim demande UTF8 : recréez-la ainsi."
        case .tool(let name, ""): "L'outil \(name) n'est pas installé : sur Debian, « apt-get install postgresql-client »."
        case .tool(let name, let words): "\(name) n'a pas pu faire son travail : \(words)"
        }
    }
}
