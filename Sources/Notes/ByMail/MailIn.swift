import Database
import Formats
import Platform
import Texts
import Visits

/// One door for mail that comes in, whichever way: a pipe, a folder. What a visitor sends to their private address becomes
/// their impression note; anything else waits for somebody, whole; machines are never answered.
package enum MailIn {
    package enum Outcome: Sendable, Equatable {
        /// It came before.
        case known
        /// A report of delivery: see `Bounces`.
        case report(Bounces.Outcome)
        case automatic
        case taken
        case empty
        /// For whoever sorts mails.
        case waiting
    }

    /// The largest mail: base 64 makes a file a third longer.
    package static let longest = 30 << 20
    /// Files read apart; others stay in the mail.
    private static let mostFiles = 20

    /// - Parameters:
    ///   - recipient: the address it came to, when the mail server tells it.
    ///   - sender: that of the envelope; empty for what must not be answered (RFC 5321 §4.5.5).
    package static func receive(_ bytes: [UInt8], recipient: String? = nil, sender: String? = nil, _ site: Site) async throws -> Outcome {
        if DeliveryReport(bytes) != nil {
            let outcome = try await Bounces.read(bytes, recipient: recipient, site)
            if outcome != .ignored, outcome != .unknown { return .report(outcome) }
        }
        let mail = ReceivedMail(bytes)
        let isAutomatic = mail.isAutomatic || sender?.isEmpty == true
        let addresses = [recipient].compactMap { $0?.lowercased() } + mail.recipients
        let place = try await site.database.read { try Place.find(mail, addresses, $0, site) }
        // The same mail brought again has other headers of mail servers; the same mail to two addresses is two mails.
        let hash = Secrets.sha256("\(mail.mark ?? Secrets.sha256(bytes))\n\(place.addressId ?? "")")
        if try await site.database.read({ try IncomingQueries.known(hash, $0) }) { return .known }
        let files = await Joined.receive(isAutomatic ? [] : Array(mail.attachments.prefix(mostFiles)), site)
        let words = [OwnWords.of(mail.text), isAutomatic ? "" : await files.words()].filter { !Markdown.isBlank($0) }.joined(separator: "\n\n")
        let actor = isAutomatic || place.reason != nil ? Actor.site : place.viewer.map { Actor($0) } ?? .site
        return try await site.amend(as: "mail.received", by: actor, isPublic: false) { change in
            guard try !IncomingQueries.known(hash, change) else {
                change.leaveAsItIs()
                return .known
            }
            let arrival = Arrival(bytes: bytes, hash: hash, mail: mail, place: place, files: files)
            if isAutomatic { return try arrival.keep(as: .automatic, in: change) }
            if let reason = place.reason { return try arrival.keep(as: .waiting, reason: reason, in: change) }
            guard let visit = place.visit, let person = place.personId else { throw NotFound() }
            try change.require(.writeNote, on: visit.id)
            if words.isEmpty {
                let id = try arrival.keep(as: .empty, in: change)
                try Answers.empty(to: person, visit, hasFiles: !mail.attachments.isEmpty, in: change)
                return id
            }
            guard try !mail.isTooLong && MailNote.fits(words, visit.id, person, change) else { return try arrival.keep(as: .waiting, reason: .tooLong, in: change) }
            let text = try MailNote.write(words, of: person, visit, by: change)
            let outcome = try arrival.keep(as: .taken, text: text, in: change)
            try Answers.taken(to: person, visit, text, in: change)
            return outcome
        }
    }
}

extension ReceivedMail {
    /// The same for the same mail, whatever the servers on its way wrote in it; nil when it has no identifier.
    fileprivate var mark: String? {
        identifier.map { ([$0, from.address, subject, text] + attachments.map { "\($0.name) \(Secrets.sha256($0.bytes))" }).joined(separator: "\n") }
    }
}

/// Where a mail belongs: whose it is, about which visit, and why it cannot be taken as it is.
struct Place: Sendable {
    /// The private address that it came to.
    var addressId: String?
    var personId: String?
    var viewer: Viewer?
    var visit: Visit?
    var programmeId: String?
    var reason: IncomingMail.Reason?

    static func find(_ mail: ReceivedMail, _ addresses: [String], _ reader: any Reader, _ site: Site) throws -> Place {
        let sender = try People.find(email: mail.from.address, reader)
        guard let address = try ReplyAddress.find(among: addresses, reader, site) else {
            return Place(programmeId: try programme(of: sender, reader), reason: .unknownAddress)
        }
        let visit = try VisitQueries.load(id: address.visitId, reader)
        let name = try reader.text("SELECT name FROM person WHERE id = \(address.personId)")
        let roles = try reader.roles(of: address.personId)
        var place = Place(
            addressId: address.id, personId: address.personId, viewer: Viewer(personId: address.personId, name: name, roles: roles), visit: visit, programmeId: visit.programmeId)
        if sender != address.personId || mail.isDisowned {
            place.reason = .unknownSender
        } else if address.revokedAt != nil || address.expiresAt <= site.now() {
            place.reason = .ended
        } else if roles[visit.delegationId]?.isEmpty ?? true {
            place.reason = .left
        } else if visit.isCancelled {
            place.reason = .cancelled
        }
        return place
    }

    /// The only programme that this sender is in, or the only one there is.
    private static func programme(of personId: String?, _ reader: any Reader) throws -> String? {
        let own = try reader.texts(
            """
            SELECT DISTINCT scope.programme_id FROM membership JOIN scope ON scope.id = membership.scope_id
            WHERE person_id = \(personId) AND until IS NULL AND scope.programme_id IS NOT NULL
            """)
        if own.count == 1 { return own[0] }
        guard own.isEmpty else { return nil }
        let all = try reader.texts("SELECT id FROM programme LIMIT 2")
        return all.count == 1 ? all[0] : nil
    }
}

/// A mail as it is written down.
private struct Arrival: Sendable {
    let bytes: [UInt8]
    let hash: String
    let mail: ReceivedMail
    let place: Place
    let files: Joined

    func keep(as state: IncomingMail.State, reason: IncomingMail.Reason? = nil, text: String? = nil, in change: Change) throws -> MailIn.Outcome {
        let id = change.newId()
        let file = try change.keep(UploadedFile(name: "courriel.eml", bytes: bytes), .mail, of: id)
        try change.run(
            """
            INSERT INTO received_mail (id, hash, received_at, message_id, sender, sender_name, subject, size, file_id, programme_id, visit_id, person_id,
                state, reason, text_id)
            VALUES (\(id), \(hash), \(change.now), \(mail.identifier), \(String(mail.from.address.prefix(320))), \(String(mail.from.name.prefix(200))),
                \(String(mail.subject.prefix(500))), \(bytes.count), \(file), \(place.programmeId), \(place.visit?.id), \(place.personId),
                \(state), \(reason), \(text))
            """)
        let author = state == .taken || state == .empty ? place.personId : nil
        try change.protect(Protection("incoming", id, programme: place.programmeId, author: author, audience: .author))
        try files.keep(of: id, in: change)
        try change.trace("incoming", id, programme: place.programmeId, ["state": state.rawValue])
        return switch state {
        case .taken: .taken
        case .empty: .empty
        case .automatic: .automatic
        case .waiting, .discarded: .waiting
        }
    }
}

/// The files joined to a mail, once looked at.
struct Joined: Sendable {
    struct One: Sendable {
        let name: String
        /// Nil when its kind is not taken.
        let file: ReceivedFile?
    }

    let all: [One]

    static func receive(_ attachments: [ReceivedMail.Attachment], _ site: Site) async -> Joined {
        var all: [One] = []
        for attachment in attachments {
            let name = attachment.name.isEmpty ? attachment.type : attachment.name
            let file = try? await site.receive(UploadedFile(name: name, bytes: attachment.bytes), nil)
            all.append(One(name: String(name.prefix(200)), file: file))
        }
        return Joined(all: all)
    }

    /// What is written in a document that was joined: many write their note in a word processor.
    func words() async -> String {
        var texts: [String] = []
        for one in all {
            guard case .document(let bytes, let kind)? = one.file?.content else { continue }
            switch kind {
            case .odt, .docx:
                let text = await Blocking.run { () -> String? in
                    guard let file = try? OfficeFile(bytes), let text = try? OfficeText.read(file) else { return nil }
                    return ProseWriter.markdown(text.blocks)
                }
                if let text { texts.append(text) }
            case .text: texts.append(CleanText.normalize(String(decoding: bytes, as: UTF8.self)))
            default: continue
            }
        }
        return texts.filter { !Markdown.isBlank($0) }.joined(separator: "\n\n")
    }

    func keep(of mailId: String, in change: Change) throws {
        for one in all {
            let id = try (one.file?.whole).map { try change.keep($0.file, $0.kind, of: mailId) }
            try change.run("INSERT INTO received_file (id, mail_id, name, file_id) VALUES (\(change.newId()), \(mailId), \(one.name), \(id))")
        }
    }
}
