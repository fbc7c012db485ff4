import Database
import Foundation
import Platform

/// A command could not do its work: one sentence for the person at the console, one exit code (sysexits.h) for scripts.
struct Failure: Error, CustomStringConvertible {
    let sentence: String
    let code: Int32

    init(_ sentence: String, code: Int32 = 1) {
        self.sentence = sentence
        self.code = code
    }

    var description: String { sentence }
}

extension Failure {
    /// Any error of a command, as a sentence.
    init(of error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let refusal as any Refusal:
            let words = (try? Share.find())?.languages[.french]
            self.init(words?(refusal.key, refusal.arguments) ?? refusal.key, code: 65)
        case let problem as DatabaseProblem: self.init(problem.sentence(at: "la base du site"), code: problem.code)
        case let missing as Share.Missing:
            self.init(
                "Le dossier share/essaim n'est pas à côté de \(missing.executable) : lancez « make assets », ou donnez son adresse dans ESSAIM_SHARE.",
                code: 70)
        case let broken as SealingKey.Broken: self.init(broken.description, code: 74)
        case let error as CocoaError:
            let path = error.filePath.map { " (\($0))" } ?? ""
            self.init("La lecture ou l'écriture est impossible\(path) : vérifiez l'adresse, les droits et la place.", code: 74)
        default: self.init("Une erreur imprévue : \(error)", code: 70)
        }
    }
}
