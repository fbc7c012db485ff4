import Testing

@testable import Platform

/// Paths find their route.
struct RouterTests {
    private let router = Router([
        .get("/", asks: .anyone, for: "tests", answer), .get("/visites", asks: .anyone, for: "tests", answer),
        .post("/visites", asks: .signedIn, for: "tests", answer),
        .get("/visites/nouvelle", asks: .anyone, for: "tests", answer), .get("/visites/{visit}", asks: .anyone, for: "tests", answer),
        .get("/visites/{visit}/notes", asks: .anyone, for: "tests", answer), .post("/visites/{visit}/cloture", asks: .anyone, for: "tests", answer),
    ])

    private static let answer: @Sendable (Request) async throws -> Response = { _ in Response() }

    private func found(_ method: Request.Method, _ path: String) -> String {
        switch router.find(method, path) {
        case .route(let route, let parameters):
            ([route.path] + parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }).joined(
                separator: " ")
        case .otherMethod(let methods): methods.map(\.rawValue).joined(separator: ",")
        case .nothing: "nothing"
        }
    }

    @Test func `a word of the path wins over a parameter`() {
        #expect(found(.get, "/visites/nouvelle") == "/visites/nouvelle")
        #expect(found(.get, "/visites/nouvelles") == "/visites/{visit} visit=nouvelles")
        #expect(found(.get, "/visites/nouvelle/notes") == "/visites/{visit}/notes visit=nouvelle")
    }

    @Test func `the other method is told apart from nothing`() {
        #expect(found(.get, "/visites/12/cloture") == "POST")
        #expect(found(.post, "/visites/12/notes") == "GET")
        #expect(found(.get, "/visites/12/autre") == "nothing")
        #expect(found(.get, "/notes") == "nothing")
    }

    @Test func `slashes at the end and doubled change nothing`() {
        #expect(found(.get, "/visites/") == "/visites")
        #expect(found(.get, "//visites//12") == "/visites/{visit} visit=12")
        #expect(found(.get, "") == "/")
    }
}
