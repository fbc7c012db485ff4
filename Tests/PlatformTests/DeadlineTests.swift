import TestSupport
import Testing

@testable import Platform

/// Nobody waits for ever.
@Suite struct DeadlineTests {
    @Test func `work that ends in time gives its answer or its error`() async throws {
        #expect(try await Deadline.within(.seconds(5)) { 7 } == 7)
        await #expect(throws: NotFound.self) { try await Deadline.within(.seconds(5)) { throw NotFound() } }
    }

    @Test func `work that does not is told over, and asked to stop`() async throws {
        let (stopped, told) = AsyncStream<Bool>.makeStream()
        await #expect(throws: OverTime.self) {
            try await Deadline.within(.milliseconds(20)) {
                try? await Task.sleep(for: .seconds(60))
                told.yield(Task.isCancelled)
            }
        }
        #expect(await stopped.first { _ in true } == true)
    }

    @Test func `a page that takes too long is answered with a sentence`() async throws {
        let site = try await TestSite(isEmpty: true)
        let request = Request(.get, "/connexion", site: site.site)
        let answer = await site.dispatcher.finished(site.dispatcher.failure(OverTime(), request), request)
        #expect(answer.status == 503)
        #expect(answer.text.contains("La réponse a pris trop de temps"))
        #expect(answer.header("retry-after") == "60")
    }
}
