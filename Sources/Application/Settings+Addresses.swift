import Foundation
import Glibc

extension Settings {
    /// The address that people type: a name, perhaps a port, nothing more. It goes into mails as it is.
    static func publicURL(_ typed: String) throws -> String {
        guard let scheme = ["https://", "http://"].first(where: typed.hasPrefix) else {
            throw Failure("« \(typed) » n'est pas une adresse (url) : elle commence par https:// (ou http:// pour un essai).", code: 64)
        }
        let rest = typed.dropFirst(scheme.count)
        let name = rest.hasSuffix("/") ? rest.dropLast() : rest
        let address = "\(scheme)\(name)"
        guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || ".-_:[]".contains($0) }), URLComponents(string: address)?.host?.isEmpty == false
        else {
            throw Failure(
                "« \(typed) » n'est pas l'adresse d'un site (url) : donnez https:// puis le nom seul, sans chemin ni espace, par exemple https://essaim.exemple.org.",
                code: 64)
        }
        return address
    }

    /// The addresses of the proxies, as the system writes those of connections.
    static func proxies(_ typed: String) throws -> Set<String> {
        try Set(
            typed.split { $0 == "," || $0.isWhitespace }.map { word in
                guard let address = numeric(String(word)) else {
                    throw Failure("« \(word) » n'est pas une adresse IP (proxies) : écrivez par exemple « 127.0.0.1, ::1 », sans nom ni plage.", code: 64)
                }
                return address
            })
    }

    private static func numeric(_ typed: String) -> String? {
        for family in [AF_INET, AF_INET6] {
            // Room for either.
            var bytes = in6_addr()
            guard inet_pton(family, typed, &bytes) == 1 else { continue }
            var text = [UInt8](repeating: 0, count: Int(INET6_ADDRSTRLEN))
            let isWritten = text.withUnsafeMutableBytes { room in
                inet_ntop(family, &bytes, room.baseAddress!.assumingMemoryBound(to: CChar.self), socklen_t(room.count)) != nil
            }
            return isWritten ? String(decoding: text.prefix { $0 != 0 }, as: UTF8.self) : nil
        }
        return nil
    }
}
