import Foundation

/// Slows down the guessing of passwords: after ten failed attempts for one account or from one address, each next
/// one must wait twice as long as the one before, up to 15 minutes. An hour without failures forgets them.
///
/// An unknown e-mail counts like a known one, so the throttle tells nothing about accounts.
struct LoginThrottle: Sendable {
    static let freeAttempts = 10
    static let longestDelay = Duration.minutes(15)
    static let memory = Duration.minutes(60)
    /// Bounds the memory that made-up e-mails can take; past it the oldest are forgotten.
    static let maximumEntries = 100_000

    /// What is counted, each apart from the others: a text that a visitor chooses never counts for another thing.
    enum Subject: Hashable {
        /// Log-ins to an account.
        case account(String)
        /// Log-ins from a network.
        case address(String)
        /// Taken e-mail addresses that a network has tried to register.
        case registering(String)
        /// Taken e-mail addresses that a company has tried to add or invite.
        case adding(ID<Company>)
        /// Invitations to an e-mail address.
        case invited(String)
    }

    /// The network that an address stands for: one subscriber has a whole /64 of IPv6 to ask from (RFC 6177).
    static func network(_ address: String) -> Subject {
        var bytes = in6_addr()
        guard address.contains(":"), inet_pton(AF_INET6, address, &bytes) == 1 else { return .address(address) }
        let words = withUnsafeBytes(of: bytes) { Array($0.bindMemory(to: UInt8.self)) }
        // An IPv4 address in IPv6 clothes (RFC 4291, section 2.5.5.2) is one address still.
        let isMapped = words.prefix(10).allSatisfy { $0 == 0 } && words[10] == 0xFF && words[11] == 0xFF
        return .address(isMapped ? address : words.prefix(8).map { String($0, radix: 16) }.joined(separator: ":"))
    }

    static func registering(from address: String) -> Subject {
        guard case .address(let network) = network(address) else { return .registering(address) }
        return .registering(network)
    }

    private struct Failures {
        var count: Int
        var lastAt: Timestamp

        var nextAllowedAt: Timestamp {
            guard count >= LoginThrottle.freeAttempts else { return lastAt }
            let doublings = min(count - LoginThrottle.freeAttempts, 10)
            return lastAt.advanced(by: min(.seconds(1 << doublings), LoginThrottle.longestDelay))
        }
    }

    private var failures: [Subject: Failures] = [:]

    /// How long these subjects must still wait, if they must.
    func delay(for subjects: [Subject], at now: Timestamp) -> Duration? {
        let waits = subjects.compactMap { failures[$0] }.filter { $0.count >= LoginThrottle.freeAttempts }
            .map { $0.nextAllowedAt.since(now) }
        return waits.filter { $0 > .zero }.max()
    }

    /// Counts an attempt as failed. Done before the password is checked, so that attempts made at the same time
    /// all count; `forgive` takes it back when the password was right.
    mutating func recordFailure(_ subjects: [Subject], at now: Timestamp) {
        makeRoom(at: now)
        for subject in subjects {
            var entry = failures[subject] ?? Failures(count: 0, lastAt: now)
            if now.since(entry.lastAt) >= LoginThrottle.memory { entry.count = 0 }
            entry.count += 1
            entry.lastAt = now
            failures[subject] = entry
        }
    }

    /// Undoes `recordFailure` for an attempt that was not looked at.
    mutating func takeBack(_ subjects: [Subject]) {
        for subject in subjects { failures[subject]?.count -= 1 }
    }

    mutating func forgive(_ subjects: [Subject]) {
        for subject in subjects {
            switch subject {
            case .account:
                failures[subject] = nil
            case .address, .registering, .adding, .invited:
                // One right password does not excuse the others that were tried from there.
                failures[subject]?.count -= 1
            }
        }
    }

    private mutating func makeRoom(at now: Timestamp) {
        guard failures.count >= LoginThrottle.maximumEntries else { return }
        failures = failures.filter { now.since($0.value.lastAt) < LoginThrottle.memory }
        guard failures.count >= LoginThrottle.maximumEntries else { return }
        let cutoff = failures.values.map(\.lastAt).sorted()[LoginThrottle.maximumEntries / 2]
        failures = failures.filter { $0.value.lastAt > cutoff }
    }
}
