import Foundation
import Platform

extension Settings {
    static let mailKeys = [
        "smtp_server", "smtp_port", "smtp_security", "smtp_user", "smtp_password", "smtp_password_file", "smtp_ca_file", "smtp_timeout",
        "mail_from", "mail_returns",
    ]

    /// The mail server of the settings; nil when none is named.
    /// - Parameter value: what a key is set to.
    func mailServer(_ value: (String) -> String?) throws -> MailServer? {
        func text(_ key: String) -> String? { value(key).flatMap { $0.isEmpty ? nil : $0 } }
        guard let host = text("smtp_server") else {
            if let alone = Self.mailKeys.first(where: { text($0) != nil }) {
                throw Failure("« \(alone) » est réglé sans « smtp_server » : dites quel est le serveur de courriel.", code: 78)
            }
            return nil
        }
        guard host.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || ".-:".contains($0)) }) else {
            throw Failure("« \(host) » n'est pas le nom d'un serveur (smtp_server) : donnez le nom seul, smtp.exemple.org.", code: 78)
        }
        guard let security = MailServer.Security(rawValue: text("smtp_security") ?? "starttls") else {
            throw Failure("« smtp_security » vaut none, starttls ou tls.", code: 78)
        }
        let port = try number(text("smtp_port"), "smtp_port", in: 1...65_535) ?? security.port
        let timeout = try number(text("smtp_timeout"), "smtp_timeout", in: 1...600) ?? 60
        guard let sender = text("mail_from") else {
            throw Failure("« mail_from » manque : donnez l'adresse d'où le site écrit, par exemple essaim@exemple.org.", code: 78)
        }
        guard MailServer.isAddress(sender) else {
            throw Failure(
                "« \(sender) » n'est pas une adresse électronique (mail_from) : donnez-la seule, par exemple essaim@exemple.org ; le nom affiché est celui du site.",
                code: 78)
        }
        let server = MailServer(
            host: host, port: port, security: security, user: text("smtp_user"), password: try password(text), authorities: try authorities(text),
            timeout: .seconds(timeout), sender: sender, returns: try returns(text))
        guard security != .none || server.user == nil || server.isLocal else {
            throw Failure(
                "Le mot de passe du courriel partirait en clair vers \(host) : réglez smtp_security sur starttls ou tls (none ne sert qu'à un serveur de la même machine).",
                code: 78)
        }
        return server
    }

    private func number(_ typed: String?, _ key: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let typed else { return nil }
        guard let number = Int(typed), range.contains(number) else {
            throw Failure("« \(key) » vaut \(typed) : indiquez un nombre entre \(range.lowerBound) et \(range.upperBound).", code: 78)
        }
        return number
    }

    private func password(_ text: (String) -> String?) throws -> String {
        let named = text("smtp_password_file").map { ($0, try? String(contentsOfFile: $0, encoding: .utf8)) }
        if let (file, content) = named {
            guard let content else { throw Self.unreadable(file, "Le mot de passe du courriel", "smtp_password_file") }
            return content.trimmingCharacters(in: .newlines)
        }
        return text("smtp_password") ?? ""
    }

    private func authorities(_ text: (String) -> String?) throws -> String? {
        guard let file = text("smtp_ca_file") else { return nil }
        guard FileManager.default.isReadableFile(atPath: file) else { throw Self.unreadable(file, "Le fichier des certificats", "smtp_ca_file") }
        return file
    }

    /// A file that a setting names, with what gives it to the site.
    private static func unreadable(_ file: String, _ what: String, _ key: String) -> Failure {
        guard FileManager.default.fileExists(atPath: file) else {
            return Failure("\(what) n'est pas dans « \(file) » (\(key)), ou le site n'a pas le droit d'ouvrir son dossier : \(Manual.page("courriel.md")) dit comment le créer.", code: 78)
        }
        return Failure("\(what) ne peut pas être lu par le site (\(key)) : sudo chown root:essaim \(file) && sudo chmod 0640 \(file)", code: 78)
    }

    /// The address that people answer to: one star, for the 24 letters that say who.
    func replies(_ typed: String?) throws -> String? {
        guard let typed, !typed.isEmpty else { return nil }
        let filled = typed.replacing("*", with: String(repeating: "a", count: 24))
        guard MailServer.isAddress(filled), typed.count(where: { $0 == "*" }) == 1, filled.prefix(while: { $0 != "@" }).utf8.count <= 64,
            typed.firstIndex(of: "*").map({ index in typed[index...].contains("@") }) == true
        else {
            throw Failure("« mail_replies » n'est pas une adresse de réponse avec une étoile. Exemple : notes+*@exemple.org.", code: 78)
        }
        return typed
    }

    /// The address of returns: one star at most, for the mail it is about.
    private func returns(_ text: (String) -> String?) throws -> String? {
        guard let returns = text("mail_returns") else { return nil }
        let filled = returns.replacing("*", with: String(repeating: "0", count: 32))
        let local = filled.prefix { $0 != "@" }
        guard MailServer.isAddress(filled), returns.count(where: { $0 == "*" }) <= 1, local.utf8.count <= 64 else {
            throw Failure("« mail_returns » n'est pas une adresse de retour. Exemple : retours@exemple.org, ou retours+*@exemple.org.", code: 78)
        }
        return returns
    }
}
