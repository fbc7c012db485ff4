// swift-tools-version: 6.2
import Foundation
import PackageDescription

// The map of the house: who may call whom. `essaim → capabilities → Platform → Formats, Database → C`.
// A line here is the only way in: an import that is not listed does not compile.

let package = Package(
    name: "essaim",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "essaim", targets: ["essaim"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log.git", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-http-types.git", exact: "1.8.0"),
        .package(url: "https://github.com/groue/GRDB.swift.git", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", exact: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams.git", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", exact: "2.13.0"),
    ],
    targets: [
        // The ground: system libraries, formats, the database seam, the platform.
        system("CSodium", pkgConfig: "libsodium", debian: "libsodium-dev"),
        system("CCmarkGfm", pkgConfig: "libcmark-gfm", debian: "libcmark-gfm-dev", "libcmark-gfm-extensions-dev"),
        system("CQrencode", pkgConfig: "libqrencode", debian: "libqrencode-dev"),
        system("CStemmer", debian: "libstemmer-dev"),
        system("CZlib", pkgConfig: "zlib", debian: "zlib1g-dev"),
        system("CCurl", pkgConfig: "libcurl", debian: "libcurl4-openssl-dev"),
        system("CBrotli", pkgConfig: "libbrotlienc", debian: "libbrotli-dev"),
        system("CZip", pkgConfig: "libzip", debian: "libzip-dev"),
        room("Formats", uses: "CCmarkGfm", "CStemmer", "CZip", products: [.product(name: "Yams", package: "Yams")]),
        room("Database", products: [.product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift")]),
        room("Schema", uses: "Database"),
        room(
            "Platform", uses: "Database", "Schema", "Formats", "CSodium", "CZlib", "CBrotli", "CCurl", "CQrencode",
            products: [
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),

        // The capabilities.
        feature("Community"),
        feature("Territories", uses: "Community"),
        feature("Grids", uses: "Community"),
        feature("Events", uses: "Community"),
        feature("Visits", uses: "Community", "Territories", "Grids", "Events"),
        feature("Texts", uses: "Community", "Grids", "Events", "Visits"),
        feature("Notes", uses: "Community", "Grids", "Events", "Visits", "Texts"),
        feature("Inquiries", uses: "Community", "Grids", "Events", "Visits", "Notes"),
        feature("Reviews", uses: "Community", "Events", "Visits"),
        feature("Costs", uses: "Community", "Visits"),
        feature("Evidence", uses: "Community", "Grids", "Events", "Visits", "Notes", "Texts"),
        feature("Library", uses: "Community", "Territories", "Grids", "Visits", "Texts", "Evidence"),

        // The application: the list of capabilities, the commands, the demonstration. `essaim` only starts it.
        room(
            "Application", uses: "Platform", "Database", "Schema", "Formats", "Community", "Territories", "Grids",
            "Events", "Visits", "Texts", "Notes", "Inquiries", "Reviews", "Costs", "Evidence", "Library",
            products: [
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]),
        .executableTarget(name: "essaim", dependencies: ["Application"], swiftSettings: settings()),

        // What proves it: one test target per room, and the whole.
        .target(
            name: "TestSupport",
            dependencies: [
                "Application", "Platform", "Database", "Schema", "Formats", .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/TestSupport", swiftSettings: settings()),
        tests("FormatsTests", of: "Formats"),
        tests("DatabaseTests", of: "Database", "Schema", "TestSupport"),
        tests("PlatformTests", of: "Platform", "Database", "Formats", "TestSupport", "CCurl"),
        tests("CommunityTests", of: "Community", "Formats", "TestSupport"),
        tests("TerritoriesTests", of: "Territories", "TestSupport"),
        tests("GridsTests", of: "Grids", "TestSupport"),
        tests("EventsTests", of: "Events", "TestSupport"),
        tests("VisitsTests", of: "Visits", "Community", "TestSupport"),
        tests("NotesTests", of: "Notes", "Visits", "Events", "TestSupport"),
        tests("InquiriesTests", of: "Inquiries", "Grids", "TestSupport"),
        tests("TextsTests", of: "Texts", "TestSupport"),
        tests("ReviewsTests", of: "Reviews", "TestSupport"),
        tests("CostsTests", of: "Costs", "TestSupport"),
        tests("EvidenceTests", of: "Evidence", "Texts", "Notes", "Events", "TestSupport"),
        tests("LibraryTests", of: "Library", "Texts", "TestSupport"),
        tests("AppTests", of: "Application", "Community", "Visits", "Notes", "Texts", "Evidence", "Library", "TestSupport"),
    ],
    swiftLanguageModes: [.v6]
)

/// How every target of ours is compiled.
func settings() -> [SwiftSetting] {
    [
        .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
        .treatAllWarnings(as: .error),
    ]
}

/// A target of ours below the capabilities.
func room(_ name: String, uses: String..., products: [Target.Dependency] = []) -> Target {
    .target(
        name: name, dependencies: uses.map { .byName(name: $0) } + products, exclude: carried(by: name), swiftSettings: settings())
}

/// A capability: one folder, on Platform, with the capabilities it may call.
func feature(_ name: String, uses: String...) -> Target {
    .target(
        name: name, dependencies: (["Platform", "Database", "Formats"] + uses).map { .byName(name: $0) },
        exclude: carried(by: name), swiftSettings: settings())
}

/// The tests of a target.
func tests(_ name: String, of uses: String...) -> Target {
    .testTarget(
        name: name,
        dependencies: (uses + ["Platform", "Database", "Formats"].filter { !uses.contains($0) })
            .map { .byName(name: $0) },
        swiftSettings: settings())
}

/// A system library, as Debian ships it.
func system(_ name: String, pkgConfig: String? = nil, debian: String...) -> Target {
    .systemLibrary(name: name, path: "Sources/C/\(name)", pkgConfig: pkgConfig, providers: [.apt(debian)])
}

/// The folders of a target that travel beside the binary (`share/essaim`), not inside it.
func carried(by name: String) -> [String] {
    ["Assets", "Locales", "Migrations", "Papers"].filter {
        FileManager.default.fileExists(atPath: "\(Context.packageDirectory)/Sources/\(name)/\($0)")
    }
}
