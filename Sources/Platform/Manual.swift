import Foundation

/// Where whoever hosts the site finds the manual: with the package, or in the source code.
public enum Manual {
    private static let installed = "/usr/share/doc/essaim"
    private static var isInstalled: Bool { FileManager.default.fileExists(atPath: "\(installed)/manuel") }

    /// A page of the manual: `courriel.md`.
    public static func page(_ name: String) -> String { isInstalled ? "\(installed)/manuel/\(name)" : "docs/exploitation/\(name)" }

    /// What a programme file is made of.
    public static var programmeFormat: String { "\(isInstalled ? installed : "docs")/format-programme.md" }
}
