import HTTPTypes
import KeyCore
import NIOCore
import Web

/// The answer for an accepted key, spliced from parts that were encoded beforehand: the owner's with the owner, a set
/// of permissions once for all who have it, and the key's own between them.
///
/// The same bytes as `VerifyAnswer` gives through the ordinary pipeline; a test compares them.
struct AcceptedAnswer: Sendable {
    /// What an answer tells of a key's owner.
    struct OwnerParts: Sendable {
        fileprivate let headers: [UInt8]
        fileprivate let bodyStart: [UInt8]
        fileprivate let bodyEnd: [UInt8]

        init(_ owner: Owner) {
            headers = Array(
                "X-Latchkey-User: \(owner.user)\r\nX-Latchkey-Company: \(owner.company)\r\nX-Latchkey-Permissions: "
                    .utf8)
            bodyStart = Array("{\"company\":".utf8) + OwnerParts.named("\(owner.company)", owner.companyName)
            bodyEnd =
                Array("],\"role\":".utf8) + JSONText.bytes(owner.role) + Array(",\"user\":".utf8)
                + OwnerParts.named("\(owner.user)", owner.name) + Array(",\"valid\":true}".utf8)
        }

        private static func named(_ id: String, _ name: String) -> [UInt8] {
            Array("{\"id\":\"\(id)\",\"name\":".utf8) + JSONText.bytes(name) + [UInt8(ascii: "}")]
        }
    }

    /// What an answer tells of a set of permissions.
    struct PermissionParts: Sendable {
        fileprivate let header: [UInt8]
        fileprivate let list: [UInt8]

        init(_ permissions: PermissionSet, platform: Platform) {
            let names = platform.names(of: permissions)
            header = Array(names.joined(separator: " ").utf8)
            list = Array(names.map { "\"\($0)\"" }.joined(separator: ",").utf8)
        }
    }

    /// A key as an answer tells of it.
    struct KeyParts {
        /// Of both.
        fileprivate static let length = 13 + 24

        let id: InlineArray<13, UInt8>
        let expires: InlineArray<24, UInt8>

        init(_ key: ID<Key>, expiresAt: Timestamp) {
            id = key.digits
            expires = CivilTime(expiresAt).rfc3339
        }
    }

    private let start: [UInt8]
    private let afterExpires: [UInt8]
    private let afterLength: [UInt8]

    init(security: SecurityHeaders) {
        start = Array(
            """
            HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nCache-Control: no-store\r\nX-Latchkey-Key: key_
            """.utf8)
        afterExpires = Array("\r\nContent-Length: ".utf8)
        var headers = HTTPFields()
        security.add(to: &headers)
        headers[.cacheControl] = nil
        afterLength = Array("\r\n\(PreparedAnswer.lines(headers))Date: ".utf8)
    }

    /// - Parameter name: the key's, as it stands between the quotes of JSON.
    func write(
        _ key: KeyParts, name: Span<UInt8>, of owner: OwnerParts, _ permissions: PermissionParts, date: [UInt8],
        to out: inout ByteBuffer
    ) {
        let body = bodyLength(name.count, owner, permissions)
        let room = body + headLength(owner, permissions) + date.count
        name.withUnsafeBytes { name in
            _ = out.writeWithUnsafeMutableBytes(minimumWritableBytes: room) { room in
                var splice = Splice(room)
                writeHead(key, of: owner, permissions, bodyLength: body, date: date, to: &splice)
                writeBody(key, name: name, of: owner, permissions, to: &splice)
                return splice.count
            }
        }
    }

    private func writeHead(
        _ key: KeyParts, of owner: OwnerParts, _ permissions: PermissionParts, bodyLength: Int, date: [UInt8],
        to splice: inout Splice
    ) {
        splice.put(start)
        splice.put(key.id.span.bytes)
        splice.put(AcceptedAnswer.endOfLine)
        splice.put(owner.headers)
        splice.put(permissions.header)
        splice.put(AcceptedAnswer.beforeExpiry)
        splice.put(key.expires.span.bytes)
        splice.put(afterExpires)
        splice.put(decimal: bodyLength)
        splice.put(afterLength)
        splice.put(date)
        splice.put(AcceptedAnswer.endOfHead)
    }

    private func writeBody(
        _ key: KeyParts, name: UnsafeRawBufferPointer, of owner: OwnerParts, _ permissions: PermissionParts,
        to splice: inout Splice
    ) {
        splice.put(owner.bodyStart)
        splice.put(AcceptedAnswer.beforeExpires)
        splice.put(key.expires.span.bytes)
        splice.put(AcceptedAnswer.beforeID)
        splice.put(key.id.span.bytes)
        splice.put(AcceptedAnswer.beforeName)
        splice.put(name)
        splice.put(AcceptedAnswer.beforePermissions)
        splice.put(permissions.list)
        splice.put(owner.bodyEnd)
    }

    private static let endOfLine: StaticString = "\r\n"
    private static let beforeExpiry: StaticString = "\r\nX-Latchkey-Expires: "
    private static let endOfHead: StaticString = "\r\n\r\n"
    private static let beforeExpires: StaticString = ",\"key\":{\"expires_at\":\""
    private static let beforeID: StaticString = "\",\"id\":\"key_"
    private static let beforeName: StaticString = "\",\"name\":\""
    private static let beforePermissions: StaticString = "\"},\"permissions\":["

    private func bodyLength(_ name: Int, _ owner: OwnerParts, _ permissions: PermissionParts) -> Int {
        let fixed =
            AcceptedAnswer.beforeExpires.utf8CodeUnitCount + AcceptedAnswer.beforeID.utf8CodeUnitCount
            + AcceptedAnswer.beforeName.utf8CodeUnitCount + AcceptedAnswer.beforePermissions.utf8CodeUnitCount
        return owner.bodyStart.count + owner.bodyEnd.count + permissions.list.count + name + fixed + KeyParts.length
    }

    /// All of the head but the date.
    private func headLength(_ owner: OwnerParts, _ permissions: PermissionParts) -> Int {
        let fixed =
            AcceptedAnswer.endOfLine.utf8CodeUnitCount + AcceptedAnswer.beforeExpiry.utf8CodeUnitCount
            + AcceptedAnswer.endOfHead.utf8CodeUnitCount
        let parts = start.count + owner.headers.count + permissions.header.count + afterExpires.count
        return parts + afterLength.count + fixed + KeyParts.length + Splice.maximumDigits
    }
}

/// Puts pieces one after the other into room that was measured beforehand: an answer has two dozen of them, and to
/// append each to a buffer would be to ask each time whether there is room, and whose the buffer is.
private struct Splice {
    /// Of a length in decimal.
    static let maximumDigits = 20

    private let room: UnsafeMutableRawBufferPointer
    private(set) var count = 0

    init(_ room: UnsafeMutableRawBufferPointer) {
        self.room = room
    }

    mutating func put(_ bytes: UnsafeRawBufferPointer) {
        precondition(bytes.count <= room.count - count, "The room was measured too small.")
        guard let source = bytes.baseAddress, let target = room.baseAddress else { return }
        (target + count).copyMemory(from: source, byteCount: bytes.count)
        count += bytes.count
    }

    mutating func put(_ bytes: [UInt8]) { bytes.withUnsafeBytes { put($0) } }
    mutating func put(_ bytes: RawSpan) { bytes.withUnsafeBytes { put($0) } }
    mutating func put(_ text: StaticString) {
        put(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func put(decimal number: Int) {
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var (rest, first) = (number, digits.count)
        repeat {
            first -= 1
            digits[first] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        } while rest > 0
        put(digits.span.bytes.extracting(first..<digits.count))
    }
}
