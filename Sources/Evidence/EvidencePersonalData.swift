import Database
import Platform

/// What the evidence holds about people: what they cited, the answers they collected; and the words of people met.
enum EvidencePersonalData {
    static let data: PersonalData = {
        var data = PersonalData()
        data.parts = [
            PersonalPart("evidence.data.excerpts", ["excerpt": ["created_by", "speaker", "shown_as"]]) {
                """
                SELECT visit.name AS visit, excerpt.id, excerpt.created_at, manner, attribution, withdrawn_at FROM excerpt
                JOIN visit ON visit.id = visit_id WHERE created_by = \($0) ORDER BY excerpt.created_at, excerpt.id
                """
            },
            PersonalPart(
                "evidence.data.consents", ["consent": ["collected_by", "proof"], "consent_cancellation": ["cancelled_by"]]
            ) {
                """
                SELECT 'collected' AS kind, excerpt_id, asked_how, purpose, collected_on, recorded_at AS at FROM consent WHERE collected_by = \($0)
                UNION ALL SELECT 'cancelled', excerpt_id, '', '', '', cancelled_at FROM consent_cancellation WHERE cancelled_by = \($0)
                ORDER BY 6
                """
            },
        ]
        data.apart = [
            "quotation": "which texts quote which excerpts", "quotation_ever": "which texts ever quoted which excerpts",
        ]
        data.mentions = [
            Mention("consent", "proof"), Mention("consent_cancellation", "reason"), Mention("excerpt", "words_before"),
            Mention("excerpt", "words_after"),
        ]
        data.erasable = [
            ErasableThing(
                "excerpt", whole: "SELECT id FROM excerpt WHERE erased_at IS NULL",
                erased: "SELECT id FROM excerpt WHERE erased_at IS NOT NULL", erase: ExcerptErasure.erase)
        ]
        data.erase = ExcerptErasure.follow
        return data
    }()
}
