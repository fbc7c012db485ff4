import Testing

@testable import Platform

/// What makes a password good enough.
struct PasswordTests {
    private func refusal(_ password: String, knowing known: [String] = [], common: Set<String> = []) -> PasswordRefusal? {
        do throws(PasswordRefusal) {
            try Password.check(Password.normalized(password), knowing: known, common: common)
            return nil
        } catch {
            return error
        }
    }

    @Test func `fifteen characters are enough, fourteen are not`() {
        #expect(refusal("noix pluie seau") == nil)
        #expect(refusal("noix pluie sea") == .short(14))
        #expect(refusal("") == .short(0))
    }

    @Test func `characters are counted, not bytes nor what an accent is made of`() {
        #expect(refusal("éèàùçéèàùçéèàù") == .short(14))
        #expect(refusal("e\u{301}l\u{e9}phant gris") == .short(13))
        #expect(refusal("🐝🌼🍯🌳🪵🐝🌻🫖🌧🦊🐌🪻🍂🐞🌙") == nil)
    }

    @Test func `the same password typed on two keyboards is the same`() {
        #expect(Password.normalized("noix\u{a0}e\u{301}te\u{301}") == "noix été")
        #expect(Password.normalized(" deux  espaces ") == " deux  espaces ")
    }

    @Test func `more than a thousand and twenty-four bytes are refused`() {
        var words = ""
        var number = 0
        while words.utf8.count < 1_025 {
            words += "mot\(number * 7_919 % 1_000)"
            number += 1
        }
        #expect(refusal(words) == .long)
        #expect(refusal(String(words.prefix(1_024))) == nil)
    }

    @Test func `a common password is refused whatever its case and accents`() {
        #expect(refusal("Reine Des Neiges Été", common: ["reine des neiges ete"]) == .common)
    }

    @Test(arguments: ["ana.bertrand@reseau.example", "Ana Bertrand 2026!", "essaim essaim 26", "ANA-bertrand-ESSAIM"])
    func `what is known of the person or of the site adds nothing`(_ password: String) {
        #expect(refusal(password, knowing: ["Ana Bertrand", "ana.bertrand@reseau.example", "Essaim"]) == .personal)
    }

    @Test func `a name among other words is fine`() {
        #expect(refusal("ana aime les orages du soir", knowing: ["Ana"]) == nil)
    }

    @Test(arguments: [
        "aaaaaaaaaaaaaaaa", "azertyazertyazerty", "abababababababab", "azertyuiopqsdfghjklm", "abcdefghijklmnop",
        "0123456789012345", "987654321987654321", "motdemotdemotdemotde",
    ])
    func `a repeated pattern or a walk on the keyboard is refused`(_ password: String) {
        #expect(refusal(password) == .predictable)
    }

    @Test func `the list beside the program holds only long, folded passwords`() throws {
        let list = try Share.find().commonPasswords
        #expect(list.count > 100)
        #expect(list.allSatisfy { $0.unicodeScalars.count >= Password.shortest })
    }
}
