/// Why a server is not used; with the server's own words where they say more.
public enum DatabaseRefusal: Error, Equatable {
    case noLibrary
    case badAddress(String)
    case identity(String)
    case noDatabase(String)
    case noRight(String)
    /// The major version of a server older than 15.
    case oldServer(String)
    /// The encoding of a database that is not in UTF-8.
    case encoding(String)
    /// `pg_dump` or `pg_restore`, with what it said.
    case tool(String, String)
}
