import Database
import Formats
import Platform

/// The date poll of an event, for every kind of event; and the page of whoever answers by a private link.
package enum PollRoutes {
    /// How the dates chosen become those of the event, in the same change.
    package typealias Choosing = @Sendable (EventFrame, [HalfDay], Change) throws -> Void

    package static func routes(
        _ base: String, usual halfDays: Int, manager: Action, _ open: @escaping EventFrame.Opening, choose: @escaping Choosing
    ) -> [Route] {
        typealias Handler = @Sendable (Request, EventFrame) async throws -> Response
        let poll = "\(base)/sondage"
        func managed(_ handle: @escaping Handler) -> @Sendable (Request) async throws -> Response {
            { request in
                let frame = try await open(request)
                guard frame.mayManage else { throw Forbidden(manager) }
                return try await handle(request, frame)
            }
        }
        func seen(_ handle: @escaping Handler) -> @Sendable (Request) async throws -> Response {
            { request in try await handle(request, try await open(request)) }
        }
        let who = "whoever is asked; officer, coordinator"
        return [
            .get(poll, asks: .signedInTo(.see), for: who, seen(PollPage.show)),
            .post("\(poll)/reponse", asks: .signedInTo(.see), for: who, seen(PollActs.answer)),
            .get("\(poll)/nouveau", asks: .thing(manager), for: "officer, coordinator", managed { .page(try await PollPage.form($0, $1, usual: halfDays)) }),
            .post(poll, asks: .thing(manager), for: "officer, coordinator", managed { try await PollActs.ask($0, $1, usual: halfDays) }),
            .post("\(poll)/rappel", asks: .thing(manager), for: "officer, coordinator", managed(PollActs.remind)),
            .get("\(poll)/choix", asks: .thing(manager), for: "officer, coordinator", managed(ChoicePage.show)),
            .post("\(poll)/choix", asks: .thing(manager), for: "officer, coordinator", managed { try await PollActs.choose($0, $1, choose) }),
        ]
    }

    static let purpose = "poll"

    /// Behind a private link: one poll, for one person.
    static let guests: [Route] = [
        .get("/sondage/{secret}", asks: .link, for: "who holds the link") { request in
            let (board, event) = try await opened(request)
            return .page(PollPage.guest(request, board, event))
        },
        .post("/sondage/{secret}", asks: .link, for: "who holds the link") { request in
            let (board, event) = try await opened(request)
            return try await request.attempt {
                try await PollActs.save(request, board.poll.id)
                return .redirect("\(request.path)?fait=reponse")
            } otherwise: {
                PollPage.guest(request, board, event, problems: $0)
            }
        },
    ]

    /// What the link asks: the last poll about the event that asks its holder, the one that it was made for otherwise.
    private static func opened(_ request: Request) async throws -> (PollBoard, Event) {
        guard let link = request.link, link.purpose == purpose else { throw NotFound() }
        return try await request.site.database.read { reader in
            let asked = try Polls.board(id: link.objectId, reader)
            guard asked.asks(link.personId) else { throw NotFound() }
            let last = try Polls.last(about: asked.poll.eventId, asking: link.personId, reader)
            return (last ?? asked, try EventQueries.event(asked.poll.eventId, reader))
        }
    }
}
