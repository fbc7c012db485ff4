import Foundation
import Platform

/// How the site is run: flags win over the environment (`ESSAIM_…`), which wins over `essaim.conf` in the data folder.
/// Documented once, in `docs/exploitation/configuration.md`.
struct Settings: Sendable {
    var address: String?
    var port: Int?
    var url: String?
    var name: String?
    var mail: [String: String] = [:]

    private static let known =
        [
            "address", "port", "url", "name", "proxies", "database", "source", "quota", "second_factor", "security", "metrics", "log", "typst",
            "mail_replies", "mail_folder",
        ] + mailKeys

    /// The address of the database on a server; nil for SQLite in the folder.
    static func database(
        _ flag: String?, in folder: DataFolder, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> String? {
        let address = try flag ?? environment["ESSAIM_DATABASE"] ?? read(folder.configurationFile)["database"]
        return address?.isEmpty == true ? nil : address
    }

    /// - Parameter isDemonstration: whether its passwords are known to everybody: a second factor is then offered, not required.
    func configuration(
        in folder: DataFolder, isDemonstration: Bool = false, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> Configuration {
        let file = try Self.read(folder.configurationFile)
        func value(_ flag: String?, _ key: String) -> String? {
            flag ?? environment["ESSAIM_\(key.uppercased())"] ?? file[key]
        }
        let typed = value(port.map(String.init), "port") ?? "8080"
        guard let port = Int(typed), (0...65_535).contains(port) else {
            throw Failure("« \(typed) » n'est pas un port : indiquez un nombre entre 1 et 65535.", code: 64)
        }
        let url = try value(url, "url").map(Self.publicURL)
        var configuration = Configuration(
            data: folder.url, address: value(address, "address") ?? "127.0.0.1", port: port, publicURL: url)
        if let name = value(name, "name"), !name.isEmpty { configuration.siteName = name }
        configuration.isDemonstration = isDemonstration
        let factor = value(nil, "second_factor") ?? (isDemonstration ? "offered" : "required")
        guard ["required", "offered"].contains(factor) else {
            throw Failure("« \(factor) » n'est pas un réglage du second facteur : écrivez required (demandé) ou offered (proposé).", code: 64)
        }
        configuration.requiresFactor = factor == "required"
        configuration.proxies = try Self.proxies(value(nil, "proxies") ?? "")
        if let quota = value(nil, "quota"), !quota.isEmpty {
            guard let size = Int(quota), (1...10_000_000).contains(size) else {
                throw Failure("« \(quota) » n'est pas un nombre de mébioctets : « quota » est un nombre entier, au moins 1.", code: 64)
            }
            configuration.quota = size << 20
        }
        if let source = value(nil, "source"), !source.isEmpty {
            guard source.hasPrefix("https://") || source.hasPrefix("http://") else {
                throw Failure("« \(source) » n'est pas l'adresse d'un code source : elle commence par https:// (ou http://).", code: 64)
            }
            configuration.source = source
        }
        if let token = value(nil, "metrics"), !token.isEmpty {
            guard token.count >= 20, token.allSatisfy({ $0.isASCII && !$0.isWhitespace }) else {
                throw Failure("Le jeton « metrics » est trop court : indiquez au moins 20 caractères sans espace.", code: 64)
            }
            configuration.metricsToken = token
        }
        configuration.mail = try mailServer { value(mail[$0], $0) }
        configuration.replies = try replies(value(nil, "mail_replies"))
        if let folder = value(nil, "mail_folder"), !folder.isEmpty { configuration.mailFolder = URL(filePath: folder) }
        if let contact = value(nil, "security"), !contact.isEmpty {
            let isAddress = !contact.contains("://") && contact.contains("@") && !contact.contains(where: \.isWhitespace)
            let contact = isAddress && !contact.hasPrefix("mailto:") ? "mailto:\(contact)" : contact
            guard contact.hasPrefix("https://") || (isAddress && contact.hasPrefix("mailto:")) else {
                throw Failure("« \(contact) » n'est ni une adresse électronique, ni une page en https:// où signaler une faille.", code: 64)
            }
            configuration.security = contact
        }
        if let typst = value(nil, "typst"), !typst.isEmpty { configuration.typst = typst }
        return configuration
    }

    /// How the journal is written: `text` (by default) or `json`, one object a line; `requests` adds a line an answer.
    func log(
        in folder: DataFolder, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> Set<LogChoice> {
        let asked = try environment["ESSAIM_LOG"] ?? Self.read(folder.configurationFile)["log"] ?? ""
        return Set(
            try asked.split { $0 == "," || $0 == " " }.map { word in
                guard let choice = LogChoice(rawValue: String(word)) else {
                    throw Failure("« \(word) » n'est pas un choix de « log » : indiquez text, json, requests.", code: 64)
                }
                return choice
            })
    }

    private static func read(_ file: URL) throws -> [String: String] { try SettingsFile.read(file, known: known) }
}
