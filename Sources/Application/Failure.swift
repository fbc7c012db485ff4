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
