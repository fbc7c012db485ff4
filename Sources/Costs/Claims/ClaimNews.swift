import Platform
import Visits

/// What became of a claim, in the words its claimant is written: by mail, or passed on by whoever decided.
struct ClaimNews {
    let claim: Claim
    let visit: Visit

    /// The last part of the key of its words, and what they say; nil as long as nothing is decided.
    private var told: (key: String, arguments: [String: any WordArgument])? {
        switch claim.state {
        case .claimed, .withdrawn: return nil
        case .refused: return ("refused", ["reason": claim.reason])
        case .paid: return ("paid", ["amount": claim.acceptedCents ?? claim.cents])
        case .accepted:
            let accepted = claim.acceptedCents ?? claim.cents
            return (accepted < claim.cents ? "acceptedPart" : "accepted", ["accepted": accepted, "reason": claim.reason])
        }
    }

    /// The paragraphs to pass on to whoever no mail reaches, as a mail would have said them.
    func paragraphs(_ request: Request) -> [String] {
        guard let told else { return [] }
        let all: [String: any WordArgument] = [
            "visit": visit.name, "amount": claim.cents, "words": claim.words, "by": claim.decidedBy ?? "", "name": claim.claimant,
            "site": request.site.configuration.siteName,
        ]
        let text = request.words("costs.mail.\(told.key)Guest.text", all.merging(told.arguments) { _, own in own })
        return text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    }
}
