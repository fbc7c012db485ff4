import CCurl
import Formats
import Glibc

/// A handle of libcurl, which keeps its connection to the mail server from one letter to the next. Used by one thread.
final class SMTPConnection {
    private static let isReady: Bool = {
        // A server that goes away while something is written to it (TLS) is an error like another, not the end of the program.
        signal(SIGPIPE, SIG_IGN)
        return essaim_curl_start() == CURLE_OK
    }()

    private let handle: UnsafeMutableRawPointer
    private let exchange: Exchange
    private(set) var carried = 0

    /// What libcurl asks of us and tells us during one try.
    private final class Exchange {
        let stopping: SMTPStop
        var conversation = SMTPConversation()
        var bytes: [UInt8] = []
        var position = 0
        var socket: curl_socket_t = -1

        init(_ stopping: SMTPStop) { self.stopping = stopping }

        /// Whether the try ends here, because the site stops. The library would still say goodbye, and wait for the answer.
        func ends() -> Bool {
            guard stopping.ends(isWhole: position == bytes.count) else { return false }
            if socket >= 0 { shutdown(socket, Int32(SHUT_RDWR)) }
            return true
        }

        static func of(_ context: UnsafeMutableRawPointer?) -> Exchange? {
            context.map { Unmanaged<Exchange>.fromOpaque($0).takeUnretainedValue() }
        }
    }

    /// - Parameter name: how the site calls itself (EHLO).
    init?(_ server: MailServer, name: String, _ stopping: SMTPStop) {
        guard Self.isReady, let handle = curl_easy_init() else { return nil }
        self.handle = handle
        exchange = Exchange(stopping)
        set(address: server, name)
        set(security: server)
        listen()
    }

    deinit { curl_easy_cleanup(handle) }

    /// Sends one letter. Answers how libcurl ended, and what was said.
    func carry(_ letter: Letter) -> (CURLcode, SMTPConversation) {
        exchange.conversation = SMTPConversation()
        exchange.bytes = letter.bytes
        exchange.position = 0
        carried += 1
        let recipients = curl_slist_append(nil, "<\(letter.recipient)>")
        defer { curl_slist_free_all(recipients) }
        var trouble = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))
        let code = trouble.withUnsafeMutableBufferPointer { buffer in
            essaim_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, buffer.baseAddress)
            essaim_curl_set_text(handle, CURLOPT_MAIL_FROM, "<\(letter.returns)>")
            essaim_curl_set_list(handle, CURLOPT_MAIL_RCPT, recipients)
            defer {
                essaim_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, nil)
                essaim_curl_set_list(handle, CURLOPT_MAIL_RCPT, nil)
            }
            return curl_easy_perform(handle)
        }
        let said = String(decoding: trouble.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        exchange.conversation.trouble = SMTPConversation.shown(
            said.isEmpty && code != CURLE_OK ? String(cString: curl_easy_strerror(code)) : said)
        exchange.bytes = []
        return (code, exchange.conversation)
    }

    private func set(address server: MailServer, _ name: String) {
        let scheme = server.security == .tls ? "smtps" : "smtp"
        let host = server.host.contains(":") ? "[\(server.host)]" : server.host
        text(CURLOPT_URL, "\(scheme)://\(host):\(server.port)/\(name)")
        text(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        // The machine's proxies are for the web.
        text(CURLOPT_PROXY, "")
        number(CURLOPT_NOSIGNAL, 1)
        let limit = Int(server.timeout.components.seconds)
        number(CURLOPT_TIMEOUT, limit)
        number(CURLOPT_CONNECTTIMEOUT, min(limit, 20))
        // Also for the goodbye, which the limit above does not end.
        number(CURLOPT_SERVER_RESPONSE_TIMEOUT, limit)
        number(CURLOPT_UPLOAD, 1)
        if let user = server.user {
            text(CURLOPT_USERNAME, user)
            text(CURLOPT_PASSWORD, server.password)
        }
    }

    private func set(security server: MailServer) {
        number(CURLOPT_USE_SSL, Int((server.security == .none ? CURLUSESSL_NONE : CURLUSESSL_ALL).rawValue))
        number(CURLOPT_SSL_VERIFYPEER, 1)
        number(CURLOPT_SSL_VERIFYHOST, 2)
        number(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        guard let authorities = server.authorities else { return }
        text(CURLOPT_CAINFO, authorities)
        // These alone: the folder of the system adds nothing to them.
        essaim_curl_set_text(handle, CURLOPT_CAPATH, nil)
    }

    private func listen() {
        let context = Unmanaged.passUnretained(exchange).toOpaque()
        essaim_curl_set_reader(
            handle,
            { buffer, size, count, context in
                guard let buffer, let exchange = Exchange.of(context) else { return 0 }
                let part = exchange.bytes[exchange.position...].prefix(size * count)
                part.withUnsafeBytes { if let start = $0.baseAddress { memcpy(buffer, start, $0.count) } }
                exchange.position += part.count
                return part.count
            }, context)
        essaim_curl_set_listener(
            handle,
            { _, kind, words, count, context in
                guard let words, let exchange = Exchange.of(context) else { return 0 }
                guard [CURLINFO_TEXT, CURLINFO_HEADER_IN, CURLINFO_HEADER_OUT].contains(kind) else { return 0 }
                let line = String(decoding: UnsafeRawBufferPointer(start: words, count: min(count, 2_000)), as: UTF8.self)
                switch kind {
                case CURLINFO_HEADER_OUT: exchange.conversation.said(line)
                case CURLINFO_HEADER_IN: exchange.conversation.heard(line)
                default: exchange.conversation.noted(line)
                }
                return 0
            }, context)
        essaim_curl_set_watcher(
            handle,
            { context, _, _, _, _ in
                Exchange.of(context)?.ends() == true ? 1 : 0
            }, context)
        essaim_curl_set_socket(
            handle,
            { context, socket, _ in
                Exchange.of(context)?.socket = socket
                return CURL_SOCKOPT_OK
            }, context)
    }

    private func text(_ option: CURLoption, _ value: String) { essaim_curl_set_text(handle, option, value) }
    private func number(_ option: CURLoption, _ value: Int) { essaim_curl_set_number(handle, option, value) }
}
