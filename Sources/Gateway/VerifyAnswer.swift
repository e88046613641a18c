import HTTPTypes
import Hummingbird
import KeyCore
import Web

/// The answers of verify, in bodies and headers.
package enum VerifyAnswer {
    static func response(to decision: Decision, platform: Platform) -> Response {
        answer(to: decision, platform: platform).response
    }

    static func answer(to decision: Decision, platform: Platform) -> WholeAnswer {
        switch decision {
        case .accepted(let acceptance): accepted(acceptance, platform: platform)
        case .refused(let reason): refused(reason, platform: platform)
        }
    }

    private static func accepted(_ acceptance: Decision.Acceptance, platform: Platform) -> WholeAnswer {
        let (grant, owner) = (acceptance.grant, acceptance.owner)
        let permissions = platform.names(of: acceptance.permissions)
        let body = Body(
            key: Body.Key(id: "\(grant.key)", name: grant.name, expiresAt: grant.expiresAt.rfc3339),
            user: Body.Named(id: "\(owner.user)", name: owner.name),
            company: Body.Named(id: "\(owner.company)", name: owner.companyName),
            role: owner.role, permissions: permissions)
        var headers = HTTPFields()
        headers[.contentType] = "application/json"
        headers[.cacheControl] = "no-store"
        headers[.latchkeyKey] = body.key.id
        headers[.latchkeyUser] = body.user.id
        headers[.latchkeyCompany] = body.company.id
        headers[.latchkeyPermissions] = permissions.joined(separator: " ")
        headers[.latchkeyExpires] = body.key.expiresAt
        headers[.latchkeyStale] = acceptance.staleSeconds
        return WholeAnswer(status: .ok, headers: headers, body: JSONText.encode(body))
    }

    /// A refusal, with every identity header there and empty, so that a client's forged copy never passes a gateway.
    private static func refused(_ reason: Decision.Reason, platform: Platform) -> WholeAnswer {
        var problem = Problem(reason.status, reason.code, reason.detail(platform))
        for name in HTTPField.Name.identity { problem.headers[name] = "" }
        // The code once more, for gateways that do not pass on the body of a refusal (nginx), and for their logs.
        problem.headers[.latchkeyRefusal] = reason.code
        problem.headers[.wwwAuthenticate] = challenge(reason, platform: platform)
        if reason == .notCurrent { problem.headers[.retryAfter] = "1" }
        return problem.answer
    }

    /// RFC 6750, section 3: no error code where no credentials were sent.
    private static func challenge(_ reason: Decision.Reason, platform: Platform) -> String? {
        let realm = BearerChallenge(platform).text
        return switch reason {
        case .notCurrent: nil
        case .missing: realm
        case .missingPermission(let permission):
            realm + ", error=\"insufficient_scope\", scope=\"\(platform.name(of: permission))\""
        case .unknownPermission, .noRoute: realm + ", error=\"insufficient_scope\""
        case .pathRefused: realm + ", error=\"invalid_request\""
        default: realm + ", error=\"invalid_token\", error_description=\"\(reason.detail(platform))\""
        }
    }

    private struct Body: Encodable {
        struct Key: Encodable {
            let id: String
            let name: String
            let expiresAt: String
            enum CodingKeys: String, CodingKey {
                case id, name
                case expiresAt = "expires_at"
            }
        }
        struct Named: Encodable {
            let id: String
            let name: String
        }

        var valid = true
        let key: Key
        let user: Named
        let company: Named
        let role: String
        let permissions: [String]
    }
}

extension HTTPField.Name {
    static let latchkeyKey = HTTPField.Name("X-Latchkey-Key")!
    static let latchkeyUser = HTTPField.Name("X-Latchkey-User")!
    static let latchkeyCompany = HTTPField.Name("X-Latchkey-Company")!
    static let latchkeyPermissions = HTTPField.Name("X-Latchkey-Permissions")!
    static let latchkeyExpires = HTTPField.Name("X-Latchkey-Expires")!
    static let latchkeyStale = HTTPField.Name("X-Latchkey-Stale")!
    static let latchkeyRefusal = HTTPField.Name("Latchkey-Refusal")!

    static let identity = [latchkeyKey, latchkeyUser, latchkeyCompany, latchkeyPermissions, latchkeyExpires]
}

extension Decision.Acceptance {
    /// In whole seconds, rounded up: never zero.
    var staleSeconds: String? { stale.map { "\(Int(($0 / .seconds(1)).rounded(.up)))" } }
}

extension Decision.Reason {
    fileprivate var status: HTTPResponse.Status {
        switch self {
        // 403 for a refused path too: it and 401 are all that nginx passes on.
        case .missingPermission, .unknownPermission, .pathRefused, .noRoute: .forbidden
        case .notCurrent: .serviceUnavailable
        default: .unauthorized
        }
    }

    fileprivate func detail(_ platform: Platform) -> String {
        switch self {
        case .missing: "Send an API key in Authorization: Bearer KEY, or in X-API-Key."
        case .malformed: "This is not a key of this platform: its shape or its checksum is wrong. Copy it again."
        case .unknown: "There is no such key."
        case .deleted: "This key was deleted. Create a new one."
        case .expired: "This key has expired. Create a new one."
        case .notCopied: "Nobody confirmed that they had copied this key, so it does not work. Create a new one."
        case .ownerBlocked: "The user who created this key is blocked."
        case .missingPermission(let permission): "This key lacks the permission \(platform.name(of: permission))."
        case .unknownPermission(let name):
            "The request asks for “\(name)”, which is no permission of the platform. Ask for one of its permissions."
        case .pathRefused(let why): "The path can be read in more than one way: it \(why). Ask for a plain path."
        case .noRoute: "The platform has no rule for this method and path, and refuses what it has no rule for."
        case .notCurrent: "This node cannot prove that it knows the latest deletions. Try again, or ask another node."
        }
    }
}
