import KeyCore
import NIOCore

/// The stages of an answer, one by one: what `Benchmarks/micro` measures, and nothing of the product calls.
///
/// They stand here so that the compiler makes of them what it makes of the lane: from another module, what is generic
/// would be called as such, and cost more.
package final class LaneStages {
    private let shared: FastLane
    private let lane: Lane
    private let counts = DecisionCounts()
    private var out = ByteBuffer()

    package init(_ shared: FastLane) {
        self.shared = shared
        lane = Lane(shared)
    }

    /// - Returns: the length of the request that stands at the beginning; zero where none is for the lane.
    package func parse(_ bytes: ByteBuffer) -> Int {
        if case .request(let request) = WireRequest.read(bytes.readableBytesUInt8Span) { request.length } else { 0 }
    }

    package func find(_ digest: Digest) -> Bool {
        shared.verifier.index.withTable(of: digest) { _, place in place != nil }
    }

    package func isCurrent() -> Bool { shared.verifier.freshness == .current }

    /// What counting costs an answer that is alone in its read: its outcome, the clock twice, and the histogram.
    package func count() {
        let start = NIODeadline.now()
        counts.count(.accepted)
        counts.note(1, took: .now() - start)
    }

    /// Answers all the requests of a read.
    ///
    /// - Returns: the bytes that the answers have.
    package func answer(_ read: ByteBuffer) -> Int {
        var read = read
        _ = lane.answer(&read, from: nil, after: nil)
        return lane.out.readableBytes
    }

    /// The answer for an accepted key, with all that it is spliced from made beforehand.
    package func writer(of grant: Grant, _ owner: Owner, at now: Timestamp) -> () -> Int {
        let key = AcceptedAnswer.KeyParts(grant.key, expiresAt: grant.expiresAt)
        let ofOwner = AcceptedAnswer.OwnerParts(owner)
        let permissions = AcceptedAnswer.PermissionParts(owner.permissions, platform: shared.platform)
        let (name, date) = (Array(grant.name.utf8), Array(CivilTime(now).httpDate.utf8))
        return { [self] in
            out.clear()
            shared.accepted.write(key, name: name.span, of: ofOwner, permissions, date: date, to: &out)
            return out.readableBytes
        }
    }
}
