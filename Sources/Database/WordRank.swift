/// How well a document answers: Okapi BM25 (k1 = 1.2, b = 0.75), with a usual length in place of the average of all documents.
enum WordRank {
    static let saturation = 1.2
    static let lengthWeight = 0.75
    /// In words, the three columns of the index together; the average would change with documents that may not be seen.
    static let usualSize = 400.0

    /// - Parameters:
    ///   - times: how often each form is there, by the weights of the columns.
    ///   - worth: what each form is worth, in the same order.
    ///   - size: in words.
    static func of(_ times: [Double], worth: ArraySlice<Double>, size: Double) -> Double {
        let length = saturation * (1 - lengthWeight + lengthWeight * size / usualSize)
        return zip(times, worth).reduce(0) { $0 + $1.1 * $1.0 * (saturation + 1) / ($1.0 + length) }
    }
}
