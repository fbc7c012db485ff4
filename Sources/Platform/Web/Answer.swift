import HTTPTypes
import NIOCore

/// An answer ready for the wire: status, header fields, bytes (compressed or not).
struct Answer: Sendable {
    let status: HTTPTypes.HTTPResponse.Status
    let fields: HTTPFields
    let body: ByteBuffer
    let etag: String?

    var size: Int { body.readableBytes + 600 }

    init(_ response: Response, etag: String? = nil) {
        status = .init(code: response.status)
        var fields = HTTPFields()
        fields.reserveCapacity(response.headers.count)
        for (name, value) in response.headers {
            guard let name = HTTPField.Name(name) else { continue }
            fields.append(HTTPField(name: name, value: value))
        }
        self.fields = fields
        body = ByteBuffer(bytes: response.body)
        self.etag = etag
    }
}
