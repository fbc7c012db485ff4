import Database
import Formats
import Platform

/// The attendance sheet of an event, signed on one's page, on a facilitator's phone or on paper: for every kind of event.
package enum AttendanceRoutes {
    /// - Parameter open: how the capability that shows the event opens it.
    package static func routes(_ base: String, _ open: @escaping EventFrame.Opening) -> [Route] {
        typealias Handler = @Sendable (Request, EventFrame) async throws -> Response
        let sheet = "\(base)/presence"
        let who = "whoever is on the sheet; who keeps it: circle, officer, coordinator"
        func get(_ path: String, _ handle: @escaping Handler) -> Route {
            .get(path, asks: .signedInTo(.see), for: who) { request in try await handle(request, try await opened(request, open)) }
        }
        func post(_ path: String, upTo limit: Int = 4 << 20, _ handle: @escaping Handler) -> Route {
            .post(path, asks: .signedInTo(.see), for: who, upTo: limit) { request in try await handle(request, try await opened(request, open)) }
        }
        return [
            get(sheet, AttendancePage.show), get("\(sheet)/feuille", AttendancePaper.show), get("\(sheet)/feuille.pdf", AttendancePaper.pdf),
            post("\(sheet)/papiers", upTo: ReceivedFile.formLimit, AttendanceScans.add), get("\(sheet)/papiers/{file}", AttendanceScans.file),
            post("\(sheet)/papiers/{file}/retrait", AttendanceScans.remove),
            post("\(sheet)/personnes", AttendanceActs.addPerson), post("\(sheet)/{slot}", AttendanceActs.signOwn),
            get("\(sheet)/{slot}/{person}", AttendancePage.beside), post("\(sheet)/{slot}/{person}", AttendanceActs.signBeside),
            get("\(sheet)/{slot}/{person}/retrait", AttendanceWithdrawal.show), post("\(sheet)/{slot}/{person}/retrait", AttendanceWithdrawal.post),
        ]
    }

    /// The sheet of a visit is for those who are on it and those who keep it; that of a seminar for its community.
    private static func opened(_ request: Request, _ open: EventFrame.Opening) async throws -> EventFrame {
        let frame = try await open(request)
        let isInside = frame.event.kind != .visit || request.viewer.isMember(of: frame.thing.scopeId)
        if isInside || frame.mayManage || frame.allows(.keepAttendance, request) { return frame }
        let isRegistered = try await request.site.database.read { reader in
            try reader.exists(
                "SELECT 1 FROM registration WHERE event_id = \(frame.event.id) AND person_id = \(request.viewer.personId) AND answer = 'yes'")
        }
        guard isRegistered else { throw Forbidden(.keepAttendance) }
        return frame
    }
}

extension EventFrame {
    /// Where its attendance sheet is.
    package var sheet: String { "\(path)/presence" }

    func mayKeep(_ request: Request) -> Bool { mayManage || allows(.keepAttendance, request) }

    /// The sheet as it is now.
    func attendance(_ reader: any Reader) throws -> AttendanceSheet { try AttendanceSheet.load(event, thing, reader) }
}
