import Formats
import Foundation
import Logging
import Platform

/// What may be chosen of the journal in the configuration.
enum LogChoice: String {
    case text, json, requests
}

/// The journal of the server, on the standard error: what happened, never what was said nor who said it.
enum SiteLog {
    static func make(_ choices: Set<LogChoice>, verbose: Bool) -> Logger {
        var log = Logger(label: "essaim") { label -> any LogHandler in
            if choices.contains(.json) { JSONLog() } else { StreamLogHandler.standardError(label: label) }
        }
        log.logLevel = verbose || choices.contains(.requests) ? .info : .warning
        return log
    }
}

/// One JSON object a line: `at` (UTC), `level`, `message`, and what goes with it.
struct JSONLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.warning

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var object = metadata.merging(event.metadata ?? [:]) { _, given in given }.mapValues { JSONValue.string("\($0)") }
        object["at"] = .string(Instant.now.rfc3339)
        object["level"] = .string(event.level.rawValue)
        object["message"] = .string("\(event.message)")
        let line = CanonicalJSON.encode(.object(object)) + "\n"
        // One write a line: lines of two threads are never mixed.
        try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
    }
}
