import CZlib
import Testing

@testable import Platform

/// Bodies are compressed as browsers read them.
struct CompressionTests {
    @Test(arguments: [
        ("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("br;q=0.5", "br"), ("identity", nil),
        ("", nil),
        (nil, nil),
    ])
    func `the best encoding that the browser takes is chosen`(_ header: String?, _ encoding: String?) {
        #expect(Compression.accepted(header)?.rawValue == encoding)
    }

    @Test(arguments: [0, 1, 700, 300_000])
    func `what is compressed comes back the same`(_ size: Int) throws {
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 * $0 / 7) }
        for isKept in [true, false] {
            let packed = try #require(Compression.compress(bytes, .gzip, isKept: isKept))
            #expect(inflated(packed, size: size) == bytes)
        }
    }

    @Test func `a page becomes much smaller, in both encodings`() throws {
        let page = Array(String(repeating: "<li><a href=\"/visites/caen\">Caen</a></li>\n", count: 200).utf8)
        for encoding in [Compression.Encoding.brotli, .gzip] {
            #expect(try #require(Compression.compress(page, encoding, isKept: true)).count < page.count / 10)
        }
    }

    @Test func `small bodies and pictures are left alone`() {
        #expect(!Compression.isWorthwhile(type: "text/html; charset=utf-8", size: 300))
        #expect(!Compression.isWorthwhile(type: "image/png", size: 90_000))
        #expect(Compression.isWorthwhile(type: "text/html; charset=utf-8", size: 3_000))
    }

    private func inflated(_ bytes: [UInt8], size: Int) -> [UInt8]? {
        var stream = z_stream()
        guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            return nil
        }
        defer { inflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: size + 64)
        let status = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                return inflate(&stream, Z_FINISH)
            }
        }
        return status == Z_STREAM_END ? Array(output.prefix(Int(stream.total_out))) : nil
    }
}
