import Foundation
import Glibc

/// What the system says of this process and of its disk.
enum HostFacts {
    /// The figures that every program gives under these names.
    static func gauges(_ data: URL) -> [Gauge] {
        let parts = statistics
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        var gauges = [
            Gauge("process_cpu_seconds_total", "Time on the processor.", (number(parts, 11) + number(parts, 12)) / ticks),
            Gauge("process_resident_memory_bytes", "Memory in use.", number(parts, 21) * Double(sysconf(Int32(_SC_PAGESIZE)))),
            Gauge("process_virtual_memory_bytes", "Address space in use.", number(parts, 20)),
            Gauge("process_threads", "Threads.", number(parts, 17)),
            Gauge("process_open_fds", "Open file descriptors.", (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0),
            Gauge("process_start_time_seconds", "When it started, in seconds since 1970.", bootTime + number(parts, 19) / ticks),
        ]
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
            gauges.append(Gauge("process_max_fds", "Most file descriptors it may open.", limit.rlim_cur))
        }
        if let free = freeBytes(data) { gauges.append(Gauge("essaim_disk_free_bytes", "Room left where the data are.", free)) }
        return gauges
    }

    /// Room left for this process on the disk of a folder; nil when it cannot be told.
    static func freeBytes(_ folder: URL) -> UInt64? {
        var facts = statvfs()
        guard statvfs(folder.path, &facts) == 0 else { return nil }
        return UInt64(facts.f_bavail) * UInt64(facts.f_frsize)
    }

    /// The fields of `/proc/self/stat` after the name, whose parentheses may hold anything.
    private static var statistics: [Substring] {
        let text = (try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8)) ?? ""
        return text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ").dropFirst().map { $0 }
    }

    private static func number(_ parts: [Substring], _ index: Int) -> Double { parts.indices.contains(index) ? Double(parts[index]) ?? 0 : 0 }

    private static var bootTime: Double {
        let text = (try? String(contentsOfFile: "/proc/stat", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").first { $0.hasPrefix("btime ") }.flatMap { Double($0.dropFirst(6)) } ?? 0
    }
}
