import Database
import Formats
import Platform
import Texts

/// What publications ask of a person: to publish what may be; to repair a scheduled one whose rule broke; to decide for a host.
enum PublicationTodos {
    static func todos(_ reader: any Reader, _ request: Request) throws -> [Todo] {
        guard !request.viewer.roles.isEmpty else { return [] }
        let (words, today) = (request.words, request.now.day())
        let scheduled = try PublicationQueries.scheduled(request.site.policy.condition(.publish, request.viewer), reader)
        let broken = try scheduled.filter { publication in
            let known = try PublicationCase.load(publication.textId, revision: publication.revisionId, reader)
            return try known.lines(known.particulars(reader), today: today).contains { !$0.isMet }
        }
        let ready = try PublicationQueries.unpublished(request.site.policy.condition(.publish, request.viewer), reader).filter { textId in
            guard try Validation.summary(textId, reader) != nil else { return false }
            let known = try PublicationCase.load(textId, reader)
            return try known.lines(known.particulars(reader), today: today).allSatisfy(\.isMet)
        }
        let referred = try PublicationQueries.referred(request.site.policy.condition(.arbitrate, request.viewer), reader).filter { textId in
            guard let validation = try Validation.summary(textId, reader) else { return false }
            let decided = try Arbitrations.of(validation.request.id, reader)
            return decided == nil && (validation.isHostSilent(on: today) || validation.isHeldBack)
        }
        return broken.map {
            Todo(title: words("library.todo.broken", ["title": $0.title]), path: "/textes/\($0.textId)/publication", due: $0.notBefore)
        }
            + (try ready.map {
                Todo(title: words("library.todo.ready", ["title": try TextQueries.head($0, reader).title]), path: "/textes/\($0)/publication", due: nil)
            })
            + (try referred.map {
                Todo(
                    title: words("library.todo.decide", ["title": try TextQueries.head($0, reader).title]),
                    path: "/textes/\($0)/publication", due: try Validation.summary($0, reader)?.request.deadline)
            })
    }
}
