import GRDB
import GRDBSQLite

/// The rank of a document, as a function of FTS5: `word_rank(index, a weight for each column, a worth for each form)`.
///
/// FTS5's own `bm25` weighs a word by how rare it is in the whole index: the order of an answer would then tell of documents
/// that may not be seen. Here the caller says what each form is worth, and a usual length stands for the average one.
enum SQLiteRank {
    static let name = "word_rank"

    static func install(in connection: GRDB.Database) throws {
        let api = UnsafeMutablePointer(mutating: FTS5.api(connection))
        let code = api.pointee.xCreateFunction(api, name, nil, rank, nil)
        guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }

    private static let rank: fts5_extension_function = { api, cursor, context, count, values in
        guard let api = api?.pointee, let cursor, let values else { return }
        let numbers = (0..<Int(count)).map { sqlite3_value_double(values[$0]) }
        let columns = Int(api.xColumnCount(cursor))
        let forms = Int(api.xPhraseCount(cursor))
        guard numbers.count == columns + forms else {
            return sqlite3_result_error(context, "\(name): \(columns) weights and \(forms) worths are needed", -1)
        }
        var instances: CInt = 0
        var size: CInt = 0
        guard api.xInstCount(cursor, &instances) == SQLITE_OK, api.xColumnSize(cursor, -1, &size) == SQLITE_OK else {
            return sqlite3_result_error(context, "\(name): the index cannot be read", -1)
        }
        var times = [Double](repeating: 0, count: forms)
        for instance in 0..<instances {
            var form: CInt = 0
            var column: CInt = 0
            var place: CInt = 0
            guard api.xInst(cursor, instance, &form, &column, &place) == SQLITE_OK else { continue }
            times[Int(form)] += numbers[Int(column)]
        }
        sqlite3_result_double(context, -WordRank.of(times, worth: numbers[columns...], size: Double(size)))
    }
}
