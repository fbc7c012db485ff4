import Foundation
import Testing

@testable import Platform

/// What is missing to make PDF papers is named.
struct TypstTests {
    @Test func `a module without its Python is told apart from no module`() throws {
        let share = FileManager.default.temporaryDirectory.appending(path: "essaim-share-\(UUID().uuidString)")
        #expect(!Typst.lacksPython(share))
        let home = share.appending(path: "typst")
        for folder in ["lib/python3.11/site-packages/typst", "bin"] {
            try FileManager.default.createDirectory(at: home.appending(path: folder), withIntermediateDirectories: true)
        }
        let python = home.appending(path: "bin/python3")
        try FileManager.default.createSymbolicLink(atPath: python.path, withDestinationPath: "/nulle/part/python3")
        #expect(Typst.lacksPython(share))
        try FileManager.default.removeItem(at: python)
        try FileManager.default.createSymbolicLink(atPath: python.path, withDestinationPath: "/bin/sh")
        #expect(!Typst.lacksPython(share))
    }
}
