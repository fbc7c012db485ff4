import Foundation
import TestSupport
import Testing

@testable import Platform

/// What whatever watches the site may read: figures, in the format it reads.
struct MeasuresTests {
    @Test func `answers are counted by pattern, and times by bound`() {
        let measures = Measures()
        for milliseconds in [1, 3, 700, 20_000] {
            measures.begin()
            measures.end(.init(method: "GET", route: "/a/{b}", status: 200), took: .milliseconds(milliseconds), bytes: 10)
        }
        measures.begin()
        var text = MeasuresText()
        text.add(measures.now)
        let lines = Set(text.text.split(separator: "\n").map(String.init))
        for line in [
            "essaim_answers_total{method=\"GET\",route=\"/a/{b}\",status=\"200\"} 4", "essaim_answer_seconds_bucket{le=\"0.001\"} 1",
            "essaim_answer_seconds_bucket{le=\"0.005\"} 2", "essaim_answer_seconds_bucket{le=\"1\"} 3",
            "essaim_answer_seconds_bucket{le=\"10\"} 3", "essaim_answer_seconds_bucket{le=\"+Inf\"} 4", "essaim_answer_seconds_count 4",
            "essaim_answer_seconds_sum 20.704", "essaim_answer_bytes_total 40", "essaim_requests_in_flight 1",
        ] { #expect(lines.contains(line), "\(line)") }
    }

    @Test func `the site says that it is well, and nothing else`() async throws {
        let test = try await TestSite()
        let response = await test.get("/sante")
        #expect(response.status == 200 && response.text == #"{"checks":{"database":"ok","disk":"ok","key":"ok","writing":"ok"},"state":"ok"}"#)
        #expect(response.header("cache-control") == "no-store")
        // A key that opens nothing keeps out whoever has a second factor.
        try "n’importe quoi".write(to: test.folder.appending(path: SealingKey.fileName), atomically: true, encoding: .utf8)
        let ill = await test.get("/sante")
        #expect(ill.status == 503 && ill.text.contains(#""key":"failing""#))
    }

    @Test func `figures are for whoever holds the token`() async throws {
        let none = try await TestSite()
        #expect(await none.get("/mesures", headers: ["authorization": "Bearer "]).status == 404)
        let test = try await TestSite(metricsToken: "un-jeton-de-vingt-lettres")
        #expect(await test.get("/mesures").status == 404)
        #expect(await test.get("/mesures", as: .nadia, headers: ["authorization": "Bearer un-jeton-de-vingt-lettre"]).status == 404)
        let page = await test.get("/mesures", headers: ["authorization": "Bearer un-jeton-de-vingt-lettres"])
        #expect(page.status == 200 && page.header("content-type") == "text/plain; version=0.0.4; charset=utf-8")
        for name in ["essaim_people", "essaim_mails_waiting", "essaim_mails_failed", "process_resident_memory_bytes", "essaim_disk_free_bytes"] {
            #expect(page.text.contains("\n\(name) "), "\(name)")
        }
        #expect(!page.text.contains("@"))
    }
}
