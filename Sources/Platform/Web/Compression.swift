import CBrotli
import CZlib

/// Compresses the body of an answer in one go.
enum Compression {
    enum Encoding: String {
        case brotli = "br"
        case gzip
    }

    /// What a browser takes, best first.
    static func accepted(_ header: String?) -> Encoding? {
        guard let header else { return nil }
        let names = header.split(separator: ",").filter { !$0.contains("q=0") || $0.contains("q=0.") }
            .map { $0.prefix { $0 != ";" }.filter { $0 != " " } }
        if names.contains("br") { return .brotli }
        return names.contains("gzip") ? .gzip : nil
    }

    static func isWorthwhile(type: String, size: Int) -> Bool {
        size > 600 && (type.hasPrefix("text/") || type.hasPrefix("application/json") || type.hasPrefix("image/svg"))
    }

    /// - Parameter isKept: true for what is compressed once and sent many times: more effort.
    static func compress(_ bytes: [UInt8], _ encoding: Encoding, isKept: Bool) -> [UInt8]? {
        switch encoding {
        case .brotli: brotli(bytes, quality: isKept ? 9 : 4)
        case .gzip: gzip(bytes, level: isKept ? 9 : 4)
        }
    }

    private static func brotli(_ bytes: [UInt8], quality: Int32) -> [UInt8]? {
        var size = BrotliEncoderMaxCompressedSize(bytes.count)
        guard size > 0 else { return nil }
        let output = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            let done = BrotliEncoderCompress(
                quality, 20, BROTLI_MODE_TEXT, bytes.count, bytes, &size, buffer.baseAddress)
            count = done != 0 ? size : 0
        }
        return output.isEmpty ? nil : output
    }

    private static func gzip(_ bytes: [UInt8], level: Int32) -> [UInt8]? {
        var stream = z_stream()
        guard essaim_deflate_init_gzip(&stream, level) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        let capacity = Int(deflateBound(&stream, UInt(bytes.count)))
        var input = bytes
        let output = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            input.withUnsafeMutableBufferPointer { source in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(capacity)
                count = deflate(&stream, Z_FINISH) == Z_STREAM_END ? capacity - Int(stream.avail_out) : 0
            }
        }
        return output.isEmpty ? nil : output
    }
}
