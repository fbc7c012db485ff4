import Platform

/// Where the mails of a site stand, for the console.
enum MailSituation {
    /// For the start: by which server they leave, or that they do not.
    static func sentence(_ site: Site) async throws -> String {
        if site.configuration.isDemonstration { return "Courriel : rien ne part d'une démonstration, tout se lit à /courriels" }
        guard let server = site.configuration.mail else {
            let remark = try await remark(site)
            return remark ?? "Courriel : aucun serveur n'est réglé (smtp_server) ; les courriels resteront dans la boîte d'envoi"
        }
        return "Courriel : par \(server), depuis \(server.sender)"
    }

    /// What a host should know when nothing is broken: mails that wait for a server, mails that did not arrive.
    static func remark(_ site: Site) async throws -> String? {
        guard !site.configuration.isDemonstration else { return nil }
        let (waiting, failed) = try await Postman.counts(site)
        var remarks: [String] = []
        if site.configuration.mail == nil, waiting > 0 {
            remarks.append("aucun serveur n'est réglé (smtp_server) et \(count(waiting, "courriel attend", "courriels attendent"))")
        }
        if failed > 0 { remarks.append("\(count(failed, "courriel n'est pas arrivé", "courriels ne sont pas arrivés")) : voir /administration/courriels") }
        return remarks.isEmpty ? nil : "Courriel : \(remarks.joined(separator: " ; "))"
    }

    private static func count(_ number: Int, _ one: String, _ other: String) -> String { "\(number) \(number < 2 ? one : other)" }
}

extension Site {
    /// Who sends the mails of this site; nobody in a demonstration, nor without a server.
    var postman: Postman? {
        guard !configuration.isDemonstration, let server = configuration.mail else { return nil }
        return Postman(self, server, by: SMTPCarrier(server, publicURL: configuration.publicURL))
    }
}
