import Application
import Foundation
import Platform
import TestSupport
import Testing

/// French and English say the same things; every name that the code gives a sentence has one.
@Suite struct SentencesTests {
    @Test func `the two languages have the same keys`() async throws {
        let site = try await TestSite(isEmpty: true).site
        let (french, english) = (site.words(.french).keys, site.words(.english).keys)
        #expect(french.subtracting(english).isEmpty, "only in French: \(french.subtracting(english).sorted())")
        #expect(english.subtracting(french).isEmpty, "only in English: \(english.subtracting(french).sorted())")
    }

    @Test func `a French sentence never breaks before its punctuation`() async throws {
        let site = try await TestSite(isEmpty: true).site
        let words = site.words(.french)
        let loose = words.keys.filter { words($0).contains(#/\ [:;?!»](\s|$)|«\ /#) }
        #expect(loose.isEmpty, "a plain space before : ; ? ! » or after «: \(loose.sorted())")
    }

    @Test func `every family of acts has its name in the filter of the journal`() async throws {
        let keys = try await TestSite(isEmpty: true).site.words(.french).keys
        let families = Set(keys.filter { $0.hasPrefix("action.") }.compactMap { $0.split(separator: ".").dropFirst().first })
        #expect(families.count > 20)
        for family in families { #expect(keys.contains("platform.journal.family.\(family)")) }
    }

    @Test func `no sentence is missing from the pages of the demonstration's programme`() async throws {
        let site = try await TestSite()
        let pages = [
            "/", "/connexion", "/programmes", "/programmes/essai", "/programmes/essai/visites", "/programmes/essai/visites/caen",
            "/programmes/essai/visites/caen/notes", "/programmes/essai/visites/caen/dates", "/programmes/essai/visites/caen/groupe",
            "/programmes/essai/communaute", "/programmes/essai/textes", "/programmes/essai/notes", "/programmes/essai/extraits",
            "/programmes/essai/grille", "/a-faire", "/compte", "/ressources", "/recherche", "/qui-voit-quoi", "/a-propos", "/territoires", "/confidentialite", "/accessibilite", "/compte/mes-donnees", "/compte/effacement",
        ]
        let known = site.site.words(.french).keys
        let prefixes = Set(known.compactMap { $0.split(separator: ".").first.map(String.init) })
        for path in pages {
            for language in ["fr", "en"] {
                let text = await site.get("\(path)?langue=\(language)", as: .nadia).text
                let bare = text.matches(of: #/[> "]([a-z]+\.[a-zA-Z]+(\.[a-zA-Z_]+)+)[<. "]/#).map { String($0.output.1) }
                    .filter { key in prefixes.contains(String(key.prefix { $0 != "." })) }
                #expect(bare.isEmpty, "\(path) in \(language): \(bare)")
            }
        }
    }

    @Test func `every mail is one screen long and asks for one thing`() async throws {
        let site = try await TestSite(isEmpty: true).site
        for language in Language.allCases {
            let words = site.words(language)
            let mails = words.keys.filter { $0.contains(".mail.") && $0.hasSuffix(".text") }
            #expect(mails.count > 30)
            for key in mails {
                let text = words(key)
                // Who has no account is told the facts, with their private page when there is one.
                #expect(text.ranges(of: "{link}").count == (key.hasSuffix("Guest.text") ? 0 : 1), "\(key) in \(language)")
                #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 16 && text.count <= 600, "\(key) in \(language)")
                let subject = words(key.replacing(/text$/, with: "subject"))
                #expect((5...90).contains(subject.count) && !subject.contains("\n"), "\(key) in \(language)")
            }
        }
    }
}
