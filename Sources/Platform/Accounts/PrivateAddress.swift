import Database

/// An address that opens something of a person's to whoever has it, without their account: their agenda. It changes when they ask,
/// with a password too.
public struct PrivateAddress: Sendable {
    /// In forms and addresses: `agenda`.
    let name: String
    /// Its words: `<key>.withPassword` beside a new password, `<key>.renewed` once it changed.
    let key: String
    /// Where its owner finds it.
    let path: String
    let isOpen: @Sendable (_ personId: String, any Reader) throws -> Bool
    /// Gives it anew, and writes so.
    let renew: @Sendable (_ personId: String, Change) throws -> Void

    public init(
        _ name: String, key: String, path: String, isOpen: @escaping @Sendable (_ personId: String, any Reader) throws -> Bool,
        renew: @escaping @Sendable (_ personId: String, Change) throws -> Void
    ) {
        (self.name, self.key, self.path) = (name, key, path)
        (self.isOpen, self.renew) = (isOpen, renew)
    }

    /// The box of the form that changes it.
    var field: String { "address-\(name)" }
}

extension Site {
    var privateAddresses: [PrivateAddress] { features.flatMap(\.privateAddresses) }
}
