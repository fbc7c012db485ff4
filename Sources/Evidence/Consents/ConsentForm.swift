import Events
import Formats
import Platform

/// An answer of the person quoted, as whoever asked records it.
struct ConsentForm: Sendable, Equatable {
    let isGiven: Bool
    let purpose: Consent.Purpose
    let askedHow: Consent.Channel
    let collectedBy: String
    let collectedOn: Day
    let proof: String
    let file: Proof?

    /// A file that proves the answer, of a kind that is taken.
    struct Proof: Sendable, Equatable {
        let content: UploadedFile
        let kind: FileStore.Kind
    }

    /// The largest proof taken.
    static let fileLimit = 5 << 20

    /// - Parameter collectors: who may have asked: the visiting group.
    /// - Throws: `Refusals`, one for each field.
    init(_ form: Fields, collectors: [String], today: Day) throws {
        var refusals: [any Refusal] = []
        func refuse(_ key: String, _ field: String) { refusals.append(Refused("evidence.refusal.\(key)", field: field)) }
        let answer = form.line("answer")
        isGiven = answer == "yes"
        if answer != "yes" && answer != "no" { refuse("noAnswer", "answer") }
        let purpose = Consent.Purpose(rawValue: form.line("purpose"))
        if purpose == nil { refuse("noPurpose", "purpose") }
        let channel = Consent.Channel(rawValue: form.line("asked_how"))
        if channel == nil { refuse("noChannel", "asked_how") }
        collectedBy = form.line("collected_by")
        if !collectors.contains(collectedBy) { refuse("noCollector", "collected_by") }
        var day: Day?
        do { day = try DayEntry.required(form, "collected_on") } catch { refusals.append(error) }
        if let day, day > today { refuse("laterDay", "collected_on") }
        proof = form.text("proof")
        if proof.allSatisfy(\.isWhitespace) { refuse("noProof", "proof") }
        if proof.unicodeScalars.count > 5_000 { refuse("proofTooLong", "proof") }
        if isGiven, !form.has("warned") { refuse("notWarned", "warned") }
        let file = form.file("file")
        let kind = file.flatMap { FileStore.kind(of: $0.bytes) }
        if let file, file.bytes.count > Self.fileLimit { refuse("fileTooLarge", "file") }
        if file != nil, kind == nil { refuse("fileKind", "file") }
        self.file = file.flatMap { content in kind.map { Proof(content: content, kind: $0) } }
        guard refusals.isEmpty, let purpose, let channel, let day else { throw Refusals(refusals) }
        self.purpose = purpose
        askedHow = channel
        collectedOn = day
    }
}
