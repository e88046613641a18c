import Crypto
import Gateway
import KeyCore
import NIOCore

/// What the stages of a verify cost within a process, without a connection: `make bench-micro`.
///
/// Not by `ordo-one/package-benchmark`: it brings a plugin, eight packages and, to count allocations, jemalloc, which
/// would take the place of the allocator that the product has. What is asked here fits in these few files.
@main
enum Micro {
    private static let platform = Platform.smartPlayer
    /// As a gateway sends them that passes a browser's headers on.
    private static let manyHeaders = [
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0",
        "Accept: application/json, text/plain, */*", "Accept-Language: en-US,en;q=0.9,ru;q=0.8",
        "Accept-Encoding: gzip, deflate, br, zstd", "Referer: https://platform.example/devices?page=2",
        "X-Request-Id: 4f9a6c1e-2b7d-4e0a-9c53-8d1f0b6e7a24", "X-Forwarded-For: 203.0.113.7",
        "X-Forwarded-Proto: https", "X-Original-Method: GET", "X-Original-URI: /api/devices/7?page=2",
    ]

    static func main() throws {
        print(Measurement.heading)
        let bench = try Bench(keys: Keys.asked, platform: platform)
        clocks(bench)
        stages(bench)
        digests(of: bench.keys.secrets[0])
        whole(bench)
        try bench.end()
        let large = try Bench(keys: 1_000_000, platform: platform)
        lookUp(large, "a million keys")
        try large.end()
    }

    private static func clocks(_ bench: Bench) {
        tell("CLOCK_MONOTONIC, NIODeadline.now()") { _ in Int(truncatingIfNeeded: NIODeadline.now().uptimeNanoseconds) }
        tell("CLOCK_BOOTTIME, BootTime.now") { _ in Int(BootTime.now.nanoseconds) }
        tell("the wall clock, Timestamp(Date())") { _ in Int(Timestamp.now.milliseconds) }
        tell("counting an answer: outcome, clock twice, histogram") {
            bench.stages.count(); return $0
        }
    }

    private static func stages(_ bench: Bench) {
        let (plain, many) = (bench.reads(), bench.reads(of: 1, "/v1/authorize", manyHeaders))
        tell("parse a request of \(plain[0].readableBytes) bytes") { bench.stages.parse(plain[$0 % plain.count]) }
        tell("parse one of \(many[0].readableBytes) bytes with 12 headers") {
            bench.stages.parse(many[$0 % many.count])
        }
        tell("whether the node is current") { bench.stages.isCurrent() ? $0 : 0 }
        let (key, prefix) = (Array(bench.keys.secrets[0].revealed.utf8), Array(platform.keyPrefix.utf8))
        tell("a key's shape, checksum and digest") { _ in Secret.digest(of: key.span, prefix: prefix)?.low ?? 0 }
        lookUp(bench, "10,000 keys")
        let (owner, grant) = (bench.keys.owners[0], bench.keys.grants[0])
        let (terms, now) = (grant.terms, bench.keys.now)
        let requirements = platform.permissions.prefix(16).map(Requirement.permission)
        tell("decide") { number in
            if case .accepted = decide(terms, owner, requirements[number % 16], now: now) { number } else { 0 }
        }
        let write = bench.stages.writer(of: grant, owner, at: now)
        tell("write an answer of \(write()) bytes") { _ in write() }
    }

    private static func lookUp(_ bench: Bench, _ amount: String) {
        let digests = bench.keys.grants.map(\.digest)
        tell("look up one of \(amount)") { bench.stages.find(digests[$0 % digests.count]) ? $0 : 0 }
    }

    /// One block of SHA-256, as a key is.
    private static func digests(of secret: Secret) {
        let key = Array(secret.revealed.utf8)
        tell("SHA-256 of a key as Digest(of:) does it") { _ in Digest(of: key.span).low }
        tell("SHA-256 of a key by hash(data:)") { _ in SHA256.hash(data: key).low }
        tell("SHA-256 of a key by hash(data:), where it lies") { _ in
            key.withUnsafeBytes { SHA256.hash(data: $0).low }
        }
        let empty = SHA256()
        tell("SHA-256 of a key by a copy of an empty one") { _ in
            var hash = empty
            key.withUnsafeBytes { hash.update(bufferPointer: $0) }
            return hash.finalize().low
        }
    }

    private static func whole(_ bench: Bench) {
        let verify = "/v1/verify?permission=devices:read"
        let cases = [
            ("a verify with a permission", bench.reads(of: 1, verify)),
            ("16 of them in one read", bench.reads(of: 16, verify)),
            ("an authorize with 12 headers", bench.reads(of: 1, "/v1/authorize", manyHeaders)),
        ]
        for (name, reads) in cases {
            tell("from bytes to bytes: \(name)") { bench.stages.answer(reads[$0 % reads.count]) }
        }
    }

    /// Rows that begin as an argument does, where there are any.
    private static func isAsked(_ name: String) -> Bool {
        let asked = CommandLine.arguments.dropFirst()
        return asked.isEmpty || asked.contains(where: name.hasPrefix)
    }

    @inline(__always)
    private static func tell(_ name: String, _ operation: (Int) -> Int) {
        guard isAsked(name) else { return }
        print(Measurement(name, operation).line)
    }
}

extension KeyCore.Digest {
    fileprivate var low: Int { Int(truncatingIfNeeded: words.0) }
}

extension SHA256.Digest {
    fileprivate var low: Int { withUnsafeBytes { Int($0[0]) } }
}
