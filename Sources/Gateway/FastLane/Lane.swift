import KeyCore
import NIOCore
import Web

/// One loop's share of the fast lane: what it may change without asking anybody.
final class Lane {
    /// Sets of permissions whose encoded form is kept; a platform has about as many as roles.
    private static let maximumParts = 1024
    /// Bytes of answers that are gathered before they are sent: a client may ask much with little. With the last of
    /// them they fit into 64 KiB.
    private static let maximumAnswers = 60 * 1024

    let shared: FastLane
    private let counts: DecisionCounts
    private var parts: [PermissionSet: AcceptedAnswer.PermissionParts] = [:]
    /// The ones that were asked for last: the next key has the same role as often as not.
    private var lastParts: (of: PermissionSet, parts: AcceptedAnswer.PermissionParts)?
    private var date: [UInt8] = []
    private var dateSecond = Int64.min
    /// Room for the segments of one path.
    private var segments: [Range<Int>] = []
    /// Answers of one read, written together.
    var out = ByteBuffer()

    init(_ shared: FastLane) {
        self.shared = shared
        counts = shared.verifier.makeCounts()
    }

    /// A request's wait for the node to become current, when it is over.
    struct Wait {
        let since: NIODeadline
        let freshness: Freshness
    }

    /// Why a lane stopped answering.
    enum End {
        case allAnswered
        /// What is left is the beginning of a request.
        case withinRequest
        /// What is left is not for the lane.
        case foreign
        /// The node must become current before the next is answered.
        case notCurrent
        /// So much was answered that it should be sent first.
        case more
    }

    /// Answers the requests that were read into `out`, as far as they are for the lane, and takes them out of the
    /// buffer.
    ///
    /// - Parameter wait: of the first of them, where there was one after it had been read.
    func answer(_ read: inout ByteBuffer, from peer: String?, after wait: Wait?) -> End {
        let start = wait?.since ?? .now()
        let now = shared.verifier.now()
        begin(at: now)
        var answered = 0
        defer { if answered > 0 { counts.note(answered, took: .now() - start) } }
        var freshness = wait?.freshness
        while read.readableBytes > 0 {
            guard out.readableBytes < Lane.maximumAnswers else { return .more }
            let length: Int
            switch WireRequest.read(read.readableBytesUInt8Span) {
            case .incomplete: return .withinRequest
            case .foreign: return .foreign
            case .request(let request):
                guard answer(request, in: read.readableBytesUInt8Span, from: peer, at: now, freshness: freshness)
                else { return .notCurrent }
                length = request.length
            }
            freshness = nil
            answered += 1
            read.moveReaderIndex(forwardBy: length)
        }
        return .allAnswered
    }

    /// Answers a request that took too long to come: into `out`, and nothing else.
    func refuseAsTooSlow() {
        begin(at: shared.verifier.now())
        shared.tooSlow.write(date: date, to: &out)
    }

    private func begin(at now: Timestamp) {
        out.clear()
        let second = now.milliseconds / 1000
        guard second != dateSecond else { return }
        dateSecond = second
        date = Array(CivilTime(now).httpDate.utf8)
    }

    /// - Returns: whether it is answered; otherwise the node must become current first.
    private func answer(
        _ request: WireRequest, in bytes: Span<UInt8>, from peer: String?, at now: Timestamp,
        freshness known: Freshness?
    ) -> Bool {
        switch presentedKey(request, bytes) {
        case .none: refuse(.missing)
        case .malformed: refuse(.malformed)
        case .key(let digest):
            let freshness = known ?? shared.verifier.freshness
            if freshness == .notCurrent {
                guard known != nil else { return false }
                refuse(.notCurrent)
                return true
            }
            let asked = Asked(requirement: requirement(request, bytes), request: request, peer: peer)
            decide(digest, asked, in: bytes, freshness, at: now)
        }
        return true
    }
}

// MARK: - What is asked

extension Lane {
    private enum Presented {
        case none, malformed
        case key(Digest)
    }

    /// What is asked for, and where from: looked at only when a known key is refused.
    private struct Asked {
        let requirement: Requirement
        let request: WireRequest
        let peer: String?
    }

    /// As `PresentedKey` reads it.
    private func presentedKey(_ request: WireRequest, _ bytes: Span<UInt8>) -> Presented {
        let text: Range<Int>
        if let header = request[.authorization], let token = Lane.bearerToken(bytes, header) {
            text = token
        } else if let header = request[.apiKey] {
            text = header
        } else {
            return .none
        }
        return Secret.digest(of: bytes.extracting(text), prefix: shared.prefix).map(Presented.key) ?? .malformed
    }

    private static func bearerToken(_ bytes: Span<UInt8>, _ header: Range<Int>) -> Range<Int>? {
        let scheme: StaticString = "bearer"
        let length = scheme.utf8CodeUnitCount
        guard header.count >= length else { return nil }
        for offset in 0..<length where bytes[header.lowerBound + offset] | 0x20 != scheme.utf8Start[offset] {
            return nil
        }
        var start = header.lowerBound + length
        guard start == header.upperBound || bytes[start] == UInt8(ascii: " ") else { return nil }
        while start < header.upperBound, bytes[start] == UInt8(ascii: " ") { start += 1 }
        return start..<header.upperBound
    }

    private func requirement(_ request: WireRequest, _ bytes: Span<UInt8>) -> Requirement {
        switch request.path {
        case .verify(permission: nil): .validKey
        case .verify(permission: .some(let name)):
            shared.platform.permission(bytes.extracting(name)).map(Requirement.permission)
                ?? .refused(.unknownPermission(String(bytes, name)))
        case .authorize(let rest):
            plainRequirement(request, rest, bytes)
                ?? OriginalRequest(request, rest: rest, in: bytes).requirement(shared.platform)
        }
    }

    /// What an original request needs that one gateway tells of in one way, by a plain path.
    private func plainRequirement(
        _ request: WireRequest, _ rest: Range<Int>, _ bytes: Span<UInt8>
    ) -> Requirement? {
        let method: Range<Int>
        let target: Range<Int>
        if !rest.isEmpty {
            guard bytes[rest.lowerBound] == UInt8(ascii: "/") else { return nil }
            (method, target) = (0..<3, rest)  // the request's own: GET
        } else if let original = request[.originalMethod], let path = request[.originalTarget],
            request[.forwardedMethod] == nil, request[.forwardedTarget] == nil
        {
            (method, target) = (original, path)
        } else if let forwarded = request[.forwardedMethod], let path = request[.forwardedTarget],
            request[.originalMethod] == nil, request[.originalTarget] == nil
        {
            (method, target) = (forwarded, path)
        } else {
            return nil
        }
        return shared.platform.routes.requirement(
            method: bytes.extracting(method), target: bytes.extracting(target), segments: &segments)
    }
}

// MARK: - Answering

extension Lane {
    private func decide(
        _ digest: Digest, _ asked: Asked, in bytes: Span<UInt8>, _ freshness: Freshness, at now: Timestamp
    ) {
        guard freshness == .current else {
            let decision = shared.verifier.decide(digest, asked.requirement, freshness, attempt: attempt(asked, bytes))
            counts.count(DecisionCounts.Outcome(decision))
            return shared.prepared(decision).write(date: date, to: &out)
        }
        let refused: (reason: Decision.Reason, key: ID<Key>?)? = shared.verifier.index.withTable(of: digest) {
            table, place in
            guard let place, let card = table.entries[place].owner.card else { return (.unknown, nil) }
            switch KeyCore.decide(table.terms(of: place), card.owner, asked.requirement, now: now) {
            case .refused(let reason): return (reason, table.entries[place].key)
            case .accepted(let permissions):
                table.noteUse(of: place, at: now, from: address(asked, bytes))
                accept(place, in: table, of: card, permissions)
                return nil
            }
        }
        guard let refused else { return counts.count(.accepted) }
        if let key = refused.key { shared.verifier.note(refused.reason, of: key, attempt(asked, bytes), at: now) }
        refuse(refused.reason)
    }

    private func accept(_ place: Int, in table: borrowing KeyTable, of card: OwnerCard, _ permissions: PermissionSet) {
        let entry = table.entries[place]
        let key = AcceptedAnswer.KeyParts(entry.key, expiresAt: entry.expiresAt)
        let permissions = encoded(permissions)
        table.withName(of: place) { name in
            if Lane.needsEscape(name) {
                let quoted = JSONText.bytes(name.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) })
                let escaped = quoted.span.extracting(1..<quoted.count - 1)
                shared.accepted.write(key, name: escaped, of: card.parts, permissions, date: date, to: &out)
            } else {
                shared.accepted.write(key, name: name, of: card.parts, permissions, date: date, to: &out)
            }
        }
    }

    private func refuse(_ reason: Decision.Reason) {
        counts.count(DecisionCounts.Outcome(reason))
        shared.prepared(.refused(reason)).write(date: date, to: &out)
    }

    private func encoded(_ permissions: PermissionSet) -> AcceptedAnswer.PermissionParts {
        if let last = lastParts, last.of == permissions { return last.parts }
        let found = parts[permissions] ?? keep(permissions)
        lastParts = (permissions, found)
        return found
    }

    private func keep(_ permissions: PermissionSet) -> AcceptedAnswer.PermissionParts {
        if parts.count == Lane.maximumParts { parts.removeAll(keepingCapacity: true) }
        let new = AcceptedAnswer.PermissionParts(permissions, platform: shared.platform)
        parts[permissions] = new
        return new
    }

    /// Whether JSON writes the text otherwise than it is (RFC 8259, section 7).
    private static func needsEscape(_ text: Span<UInt8>) -> Bool {
        for index in text.indices
        where text[index] < 0x20 || text[index] == UInt8(ascii: "\"") || text[index] == UInt8(ascii: "\\") {
            return true
        }
        return false
    }

    private func address(_ asked: Asked, _ bytes: Span<UInt8>) -> String {
        let forwarded = asked.request.forwardedFor.map { String(bytes, $0) }
        return shared.clientAddress.forwarded(by: asked.peer, saying: forwarded) ?? asked.peer ?? "unknown"
    }

    private func attempt(_ asked: Asked, _ bytes: Span<UInt8>) -> Attempt {
        let address = address(asked, bytes)
        switch asked.request.path {
        case .verify: return Attempt(address: address, method: "GET", path: "/v1/verify")
        case .authorize(let rest):
            let original = OriginalRequest(asked.request, rest: rest, in: bytes)
            return Attempt(address: address, method: original.method, path: original.target)
        }
    }
}

extension OriginalRequest {
    /// As from the headers of the ordinary pipeline. Two of a kind, which would be unclear, never come here.
    init(_ request: WireRequest, rest: Range<Int>, in bytes: Span<UInt8>) {
        let told = [
            (String.all(bytes, request[.originalMethod]), String.all(bytes, request[.originalTarget])),
            (String.all(bytes, request[.forwardedMethod]), String.all(bytes, request[.forwardedTarget])),
        ]
        self.init(method: "GET", rest: String(bytes, rest)) { told }
    }
}

extension String {
    /// Text that a request holds, which is ASCII here.
    fileprivate init(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        self = bytes.extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    /// A header as often as it was sent: once or never.
    fileprivate static func all(_ bytes: Span<UInt8>, _ range: Range<Int>?) -> [String] {
        guard let range else { return [] }
        return [String(bytes, range)]
    }
}
