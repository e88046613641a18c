import Foundation
import NIOCore

/// What came back from `GET /v1/verify`, whole.
struct VerifyAnswer {
    let status: Int
    /// The header of that name, as it came.
    let retryAfter: String?
    let body: ByteBuffer

    /// - Parameter permission: what was asked for, since a refusal names it in a sentence only.
    /// - Throws: the refusal; `unexpectedAnswer` for whatever verify does not send. Only a whole 200 is a yes.
    func identity(asked permission: String?) throws(LatchkeyError) -> Identity {
        if status == 200, let accepted = read(Accepted.self), let identity = accepted.identity { return identity }
        throw refusal(asked: permission) ?? .unexpectedAnswer(status: status)
    }

    /// The status must fit the code: a proxy's page of 401 is not a refusal of ours.
    private func refusal(asked permission: String?) -> LatchkeyError? {
        switch (status, read(Refused.self)?.code) {
        case (401, "missing"): .missing
        case (401, "malformed"): .malformed
        case (401, "unknown"): .unknown
        case (401, "deleted"): .deleted
        case (401, "expired"): .expired
        case (401, "not_copied"): .notCopied
        case (401, "owner_blocked"): .ownerBlocked
        case (403, "missing_permission"): permission.map(LatchkeyError.missingPermission)
        case (429, "rate_limited"): .rateLimited(retryAfter: interval)
        case (503, "not_current"): .notCurrent
        default: nil
        }
    }

    /// RFC 9110, section 10.2.3. A date or nothing counts as one second, and nobody is sent away for over an hour.
    private var interval: Duration {
        let seconds = retryAfter.flatMap(Int.init) ?? 1
        return .seconds(min(max(seconds, 1), 3600))
    }

    private func read<Body: Decodable>(_: Body.Type) -> Body? {
        try? JSONDecoder().decode(Body.self, from: Data(body.readableBytesView))
    }
}

/// Other members are left alone: newer servers may tell more.
private struct Refused: Decodable {
    let code: String
}

private struct Accepted: Decodable {
    struct Key: Decodable {
        let id: String
        let name: String
        let expiresAt: String
        enum CodingKeys: String, CodingKey {
            case id, name
            case expiresAt = "expires_at"
        }
    }
    struct Named: Decodable {
        let id: String
        let name: String
    }

    let valid: Bool
    let key: Key
    let user: Named
    let company: Named
    let role: String
    let permissions: [String]

    /// `nil` where the answer contradicts itself.
    var identity: Identity? {
        guard valid, let expiresAt = Accepted.moment(key.expiresAt) else { return nil }
        return Identity(
            key: Identity.Key(id: key.id, name: key.name, expiresAt: expiresAt),
            user: Identity.User(id: user.id, name: user.name),
            company: Identity.Company(id: company.id, name: company.name),
            role: role, permissions: Set(permissions))
    }

    /// RFC 3339, with milliseconds or without.
    private static func moment(_ text: String) -> Date? {
        (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
            ?? (try? Date(text, strategy: .iso8601))
    }
}
