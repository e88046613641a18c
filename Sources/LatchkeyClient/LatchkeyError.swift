/// Why a key opens nothing now: one case for each code of a refusal, and two for an answer that never came.
///
/// No case holds the key, and neither does any ``description``: an error may be logged as it is.
public enum LatchkeyError: Error, Hashable, Sendable {
    /// No key was sent.
    case missing
    /// What was sent is no key of the platform: its shape or its checksum is wrong, or there were two. Found without
    /// asking Latchkey.
    case malformed
    /// There is no such key.
    case unknown
    /// The key was deleted.
    case deleted
    /// The key's last day is over.
    case expired
    /// Nobody confirmed that they had copied the key, so it never began to work.
    case notCopied
    /// The user who created the key is blocked.
    case ownerBlocked
    /// The key is good, and lacks this permission, or the platform has no such permission.
    case missingPermission(String)
    /// Too many requests: ask again after the interval, which is at least a second.
    case rateLimited(retryAfter: Duration)
    /// Latchkey cannot prove that it knows the latest deletions, and says so rather than guess.
    case notCurrent
    /// No answer came: refused connection, time limit, cancelled task. The reason is for the log.
    case unreachable(reason: String)
    /// Something answered that is not Latchkey, or is a newer one. The status is the one it sent.
    case unexpectedAnswer(status: Int)
}

extension LatchkeyError {
    /// The stable code, as ``LatchkeyClient/LatchkeyClient/verify(_:permission:)`` got it. Compare this one, not the
    /// sentence.
    public var code: String {
        switch self {
        case .missing: "missing"
        case .malformed: "malformed"
        case .unknown: "unknown"
        case .deleted: "deleted"
        case .expired: "expired"
        case .notCopied: "not_copied"
        case .ownerBlocked: "owner_blocked"
        case .missingPermission: "missing_permission"
        case .rateLimited: "rate_limited"
        case .notCurrent: "not_current"
        case .unreachable: "unreachable"
        case .unexpectedAnswer: "unexpected_answer"
        }
    }

    /// What happened and what to do, for the caller. It says nothing about the inside of your service: for the log
    /// there is ``description``.
    public var sentence: String {
        switch self {
        case .missing: "Send an API key in Authorization: Bearer KEY, or in X-API-Key."
        case .malformed: "This is not a key of this platform: its shape or its checksum is wrong. Copy it again."
        case .unknown: "There is no such key."
        case .deleted: "This key was deleted. Create a new one."
        case .expired: "This key has expired. Create a new one."
        case .notCopied: "Nobody confirmed that they had copied this key, so it does not work. Create a new one."
        case .ownerBlocked: "The user who created this key is blocked."
        case .missingPermission(let permission): "This key lacks the permission \(permission)."
        case .rateLimited: "Too many requests. Try again later."
        case .notCurrent, .unreachable, .unexpectedAnswer: "The key cannot be checked at the moment. Try again."
        }
    }

    /// Whether the caller must do something about their key. `false`: nothing is known against the key, and the fault
    /// is worth a line in the log.
    public var isRefusal: Bool {
        switch self {
        case .rateLimited, .notCurrent, .unreachable, .unexpectedAnswer: false
        default: true
        }
    }
}

extension LatchkeyError: CustomStringConvertible {
    /// The code and the sentence, with the reason of what did not come, for the log.
    public var description: String {
        switch self {
        case .unreachable(let reason): "unreachable: \(reason)"
        case .unexpectedAnswer(let status): "unexpected_answer: something that is not Latchkey answered \(status)"
        case .notCurrent: "not_current: Latchkey cannot prove that it knows the latest deletions"
        default: "\(code): \(sentence)"
        }
    }
}
