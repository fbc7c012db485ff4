/// A shelf of the common page, as an address names it: a dimension of the grid, or none.
struct CommonPageShelf: Sendable, Equatable {
    /// nil: the notes under no dimension.
    let dimensionId: String?

    static let none = CommonPageShelf(dimensionId: nil)
    private static let noneAddress = "aucune"

    init(dimensionId: String?) {
        self.dimensionId = dimensionId
    }

    /// - Returns: nil when it is no shelf of these.
    init?(_ address: String?, among dimensions: Set<String>) {
        guard let address, address == Self.noneAddress || dimensions.contains(address) else { return nil }
        dimensionId = address == Self.noneAddress ? nil : address
    }

    var address: String { dimensionId ?? Self.noneAddress }
}
