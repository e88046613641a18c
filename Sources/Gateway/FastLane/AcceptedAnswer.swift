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
        out.writeBytes(start)
        out.writeBytes(key.id.span.bytes)
        out.writeStaticString("\r\n")
        out.writeBytes(owner.headers)
        out.writeBytes(permissions.header)
        out.writeStaticString("\r\nX-Latchkey-Expires: ")
        out.writeBytes(key.expires.span.bytes)
        out.writeBytes(afterExpires)
        out.writeString(String(bodyLength(name.count, owner, permissions)))
        out.writeBytes(afterLength)
        out.writeBytes(date)
        out.writeStaticString("\r\n\r\n")

        out.writeBytes(owner.bodyStart)
        out.writeStaticString(AcceptedAnswer.beforeExpires)
        out.writeBytes(key.expires.span.bytes)
        out.writeStaticString(AcceptedAnswer.beforeID)
        out.writeBytes(key.id.span.bytes)
        out.writeStaticString(AcceptedAnswer.beforeName)
        out.writeBytes(name.bytes)
        out.writeStaticString(AcceptedAnswer.beforePermissions)
        out.writeBytes(permissions.list)
        out.writeBytes(owner.bodyEnd)
    }

    private static let beforeExpires: StaticString = ",\"key\":{\"expires_at\":\""
    private static let beforeID: StaticString = "\",\"id\":\"key_"
    private static let beforeName: StaticString = "\",\"name\":\""
    private static let beforePermissions: StaticString = "\"},\"permissions\":["

    private func bodyLength(_ name: Int, _ owner: OwnerParts, _ permissions: PermissionParts) -> Int {
        let fixed =
            AcceptedAnswer.beforeExpires.utf8CodeUnitCount + AcceptedAnswer.beforeID.utf8CodeUnitCount
            + AcceptedAnswer.beforeName.utf8CodeUnitCount + AcceptedAnswer.beforePermissions.utf8CodeUnitCount
        return owner.bodyStart.count + owner.bodyEnd.count + permissions.list.count + name + fixed + 24 + 13
    }
}
