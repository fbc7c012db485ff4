import Database
import Formats
import Platform

/// A cost that somebody bore for a visit and asks back.
struct Claim: Sendable, Equatable, Decodable {
    enum State: String, Sendable, CaseIterable, Codable, SQLConvertible {
        case claimed, accepted, refused, paid, withdrawn
    }

    var id: String
    var visitId: String
    var claimantId: String
    var claimant: String
    var enteredBy: String?
    var enteredById: String?
    var kind: CostKind
    var spentOn: Day
    var cents: Cents
    var words: String
    var state: State
    var acceptedCents: Cents?
    var fundingId: String?
    var reason: String
    var decidedBy: String?
    var decidedAt: Instant?
    var paidOn: Day?
    var createdAt: Instant
    var receipts: Int

    /// What of it counts as spent.
    var actual: Cents? { acceptedCents }

    /// 500 code points.
    static let longest = 500

    /// As long as nobody decided it may be put right; once refused too, for whoever asks again.
    var isOpen: Bool { state == .claimed || state == .refused }

    /// What is decided or paid: a claim put right or decided meanwhile is looked at again.
    var base: FormBase {
        FormBase(
            Fields([
                ("state", state.rawValue), ("cents", String(cents.cents)), ("kind", kind.rawValue), ("spent_on", spentOn.iso), ("words", words),
                ("decided_at", decidedAt.map { String($0.milliseconds) } ?? ""),
            ]))
    }

    func edit() throws {
        guard isOpen else { throw Refused("costs.refusal.decided") }
    }

    func withdraw() throws {
        guard isOpen || state == .accepted else { throw Refused("costs.refusal.\(state == .paid ? "paid" : "withdrawn")") }
    }

    /// - Parameter isOwn: whoever decides asks for it, or entered it for somebody; nobody else could decide when `isAlone`.
    func decide(isOwn: Bool, isAlone: Bool) throws {
        guard state != .paid else { throw Refused("costs.refusal.paid") }
        guard state != .withdrawn else { throw Refused("costs.refusal.withdrawn") }
        guard !isOwn || isAlone else { throw Refused("costs.refusal.own") }
    }

    func pay(on day: Day, today: Day) throws {
        guard state == .accepted else { throw Refused("costs.refusal.notAccepted") }
        guard day <= today else { throw Refused("costs.refusal.paidAhead", field: "paid_on") }
    }
}

/// A claim as it is typed.
struct TypedClaim: Sendable, Equatable {
    var claimantId: String?
    var kind: CostKind
    var spentOn: Day
    var cents: Cents
    var words: String

    /// - Throws: `Refusals` with everything that is wrong.
    init(_ form: Fields, today: Day) throws {
        var refusals: [any Refusal] = []
        let kind = form["kind"].flatMap(CostKind.init)
        if kind == nil { refusals.append(Refused("costs.refusal.kind", field: "kind")) }
        var day: Day?
        do { day = try DayEntry.required(form, "spent_on") } catch { refusals.append(error) }
        if let day, day > today { refusals.append(Refused("costs.refusal.spentAhead", field: "spent_on")) }
        var cents: Cents?
        do { cents = try CentsEntry.required(form, "amount") } catch let refusal as any Refusal { refusals.append(refusal) }
        words = form.line("words")
        if words.isEmpty { refusals.append(Refused("costs.refusal.words", field: "words")) }
        if words.unicodeScalars.count > Claim.longest { refusals.append(Refused("costs.refusal.tooLong", ["n": Claim.longest], field: "words")) }
        guard refusals.isEmpty, let kind, let day, let cents else { throw Refusals(refusals) }
        (self.kind, spentOn, self.cents) = (kind, day, cents)
        claimantId = form.optional("claimant")
    }
}

/// A receipt of a claim.
struct Receipt: Sendable, Equatable, Decodable {
    var id: String
    var claimId: String
    var name: String
    var addedAt: Instant
    var hash: String
    var kind: FileStore.Kind
    var size: Int
    var removedAt: Instant?
}

/// Money given to somebody before they spent it.
struct CostAdvance: Sendable, Equatable, Decodable {
    var id: String
    var personId: String
    var name: String
    var cents: Cents
    var paidOn: Day
    var words: String
}
