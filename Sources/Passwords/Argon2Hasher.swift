import CArgon2
import Dispatch
import KeyCore

/// Argon2id (RFC 9106) by libargon2, with the parameters that OWASP recommends: 19 MiB, 2 passes, 1 lane.
///
/// One hash keeps a core busy for tens of milliseconds and 19 MiB for as long. So only as many run at once as there
/// are cores, on threads of their own; a few more wait their turn, and the rest are told to come back: a flood of
/// log-ins can take neither the memory nor the event loops.
package final class Argon2Hasher: PasswordHasher {
    private static let passes: UInt32 = 2
    private static let memory: UInt32 = 19 * 1024  // KiB
    private static let lanes: UInt32 = 1
    private static let saltLength = 16
    private static let hashLength = 32
    /// Two seconds' worth of waiting on a slow core, and no more.
    package static let maximumWaiting = 64

    private let turnstile: Turnstile
    private let queue = DispatchQueue(label: "latchkey.argon2", attributes: .concurrent)

    /// - Parameter concurrency: how many hashes run at once.
    package init(concurrency: Int, maximumWaiting: Int = maximumWaiting) {
        turnstile = Turnstile(places: max(1, concurrency), maximumWaiting: maximumWaiting)
    }

    package func hash(_ password: Password) async throws(Refusal) -> String {
        let hash = try await inTurn { Argon2Hasher.hash(Array(password.text.utf8)) }
        guard let hash else { throw .unavailable(cause: "Argon2 found no memory for a hash.") }
        return hash
    }

    package func verify(_ password: Password, against hash: String) async throws(Refusal) -> Bool {
        try await inTurn {
            let bytes = Array(password.text.utf8)
            return argon2id_verify(hash, bytes, bytes.count) == ARGON2_OK.rawValue
        }
    }

    private func inTurn<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async throws(Refusal) -> Value {
        guard await turnstile.enter() else { throw Refusal(.later(.seconds(1)), .busy) }
        let value = await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: work()) }
        }
        await turnstile.leave()
        return value
    }

    private static func hash(_ password: [UInt8]) -> String? {
        let salt = (0..<saltLength).map { _ in UInt8.random(in: .min ... .max) }
        let length = argon2_encodedlen(passes, memory, lanes, UInt32(saltLength), UInt32(hashLength), Argon2_id)
        var encoded = [CChar](repeating: 0, count: length)
        let code = argon2id_hash_encoded(
            passes, memory, lanes, password, password.count, salt, salt.count, hashLength, &encoded, length)
        guard code == ARGON2_OK.rawValue else { return nil }
        return String(decoding: encoded.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
