import Glibc

/// libpq, PostgreSQL's own client library: loaded when first needed, so that a site on SQLite does without it.
///
/// Each member is the C function of that name.
struct LibPQ: Sendable {
    typealias Handle = OpaquePointer
    typealias Words = UnsafePointer<CChar>
    typealias List = UnsafePointer<Words?>
    typealias NoticeProcessor = @convention(c) (UnsafeMutableRawPointer?, Words?) -> Void

    let connectStartParams: @Sendable @convention(c) (List?, List?, Int32) -> Handle?
    let connectPoll: @Sendable @convention(c) (Handle?) -> UInt32
    let status: @Sendable @convention(c) (Handle?) -> UInt32
    let socket: @Sendable @convention(c) (Handle?) -> Int32
    let finish: @Sendable @convention(c) (Handle?) -> Void
    let errorMessage: @Sendable @convention(c) (Handle?) -> Words?
    let serverVersion: @Sendable @convention(c) (Handle?) -> Int32
    let parameterStatus: @Sendable @convention(c) (Handle?, Words?) -> Words?
    let transactionStatus: @Sendable @convention(c) (Handle?) -> UInt32
    let setErrorVerbosity: @Sendable @convention(c) (Handle?, UInt32) -> UInt32
    let setNoticeProcessor: @Sendable @convention(c) (Handle?, NoticeProcessor?, UnsafeMutableRawPointer?) -> NoticeProcessor?
    let exec: @Sendable @convention(c) (Handle?, Words?) -> Handle?
    let prepare: @Sendable @convention(c) (Handle?, Words?, Words?, Int32, UnsafePointer<UInt32>?) -> Handle?
    let execPrepared:
        @Sendable @convention(c) (
            Handle?, Words?, Int32, List?, UnsafePointer<Int32>?, UnsafePointer<Int32>?, Int32
        ) -> Handle?
    let resultStatus: @Sendable @convention(c) (Handle?) -> UInt32
    let resultErrorMessage: @Sendable @convention(c) (Handle?) -> Words?
    let resultErrorField: @Sendable @convention(c) (Handle?, Int32) -> Words?
    let cmdStatus: @Sendable @convention(c) (Handle?) -> Words?
    let cmdTuples: @Sendable @convention(c) (Handle?) -> Words?
    let ntuples: @Sendable @convention(c) (Handle?) -> Int32
    let nfields: @Sendable @convention(c) (Handle?) -> Int32
    let fname: @Sendable @convention(c) (Handle?, Int32) -> Words?
    let ftype: @Sendable @convention(c) (Handle?, Int32) -> UInt32
    let getisnull: @Sendable @convention(c) (Handle?, Int32, Int32) -> Int32
    let getlength: @Sendable @convention(c) (Handle?, Int32, Int32) -> Int32
    let getvalue: @Sendable @convention(c) (Handle?, Int32, Int32) -> Words?
    let clear: @Sendable @convention(c) (Handle?) -> Void
    let getCancel: @Sendable @convention(c) (Handle?) -> Handle?
    let cancel: @Sendable @convention(c) (Handle?, UnsafeMutablePointer<CChar>?, Int32) -> Int32
    let freeCancel: @Sendable @convention(c) (Handle?) -> Void
    let consumeInput: @Sendable @convention(c) (Handle?) -> Int32
    let notifies: @Sendable @convention(c) (Handle?) -> UnsafeMutableRawPointer?
    let freemem: @Sendable @convention(c) (UnsafeMutableRawPointer?) -> Void
    let conninfoParse: @Sendable @convention(c) (Words?, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> UnsafeMutableRawPointer?
    let conninfoFree: @Sendable @convention(c) (UnsafeMutableRawPointer?) -> Void

    private static let found = Result { try LibPQ() }

    /// - Throws: `DatabaseProblem.refused(.noLibrary)` when it is not installed.
    static func loaded() throws -> LibPQ { try found.get() }

    private init() throws {
        guard let library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL) else { throw DatabaseProblem.refused(.noLibrary) }
        func function<Function>(_ name: String) throws -> Function {
            guard let address = dlsym(library, "PQ\(name)") else { throw DatabaseProblem.refused(.noLibrary) }
            return unsafeBitCast(address, to: Function.self)
        }
        connectStartParams = try function("connectStartParams")
        connectPoll = try function("connectPoll")
        status = try function("status")
        socket = try function("socket")
        finish = try function("finish")
        errorMessage = try function("errorMessage")
        serverVersion = try function("serverVersion")
        parameterStatus = try function("parameterStatus")
        transactionStatus = try function("transactionStatus")
        setErrorVerbosity = try function("setErrorVerbosity")
        setNoticeProcessor = try function("setNoticeProcessor")
        exec = try function("exec")
        prepare = try function("prepare")
        execPrepared = try function("execPrepared")
        resultStatus = try function("resultStatus")
        resultErrorMessage = try function("resultErrorMessage")
        resultErrorField = try function("resultErrorField")
        cmdStatus = try function("cmdStatus")
        cmdTuples = try function("cmdTuples")
        ntuples = try function("ntuples")
        nfields = try function("nfields")
        fname = try function("fname")
        ftype = try function("ftype")
        getisnull = try function("getisnull")
        getlength = try function("getlength")
        getvalue = try function("getvalue")
        clear = try function("clear")
        getCancel = try function("getCancel")
        cancel = try function("cancel")
        freeCancel = try function("freeCancel")
        consumeInput = try function("consumeInput")
        notifies = try function("notifies")
        freemem = try function("freemem")
        conninfoParse = try function("conninfoParse")
        conninfoFree = try function("conninfoFree")
    }

    /// What a notice carries: the third member of `PGnotify`, after the name of the channel and the number of the process.
    static func said(_ notice: UnsafeMutableRawPointer) -> String {
        let place = MemoryLayout<Words?>.stride * 2
        return notice.load(fromByteOffset: place, as: Words?.self).map { String(cString: $0) } ?? ""
    }

    /// A text of libpq as a Swift one, without its last line end.
    static func text(_ words: Words?) -> String {
        var text = words.map { String(cString: $0) } ?? ""
        while text.hasSuffix("\n") { text.removeLast() }
        return text
    }
}
