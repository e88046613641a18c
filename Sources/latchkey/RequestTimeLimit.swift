import Foundation
import HTTPTypes
import KeyCore
import NIOCore
import NIOHTTP1
import Web

/// Ends a request of the ordinary pipeline that takes too long to come, however steadily it trickles in, and sees to
/// it that one which breaks off is answered once. The fast lane has limits of its own.
///
/// Hummingbird's own limit, which is not used, counts anew with each part of a body. And to a request that was answered
/// before its body was found to be wrong, Hummingbird gives a second answer, which on a shared connection would pass
/// for that to the next request.
final class RequestTimeLimit: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// Between two requests.
    static let idle = TimeAmount.seconds(75)
    /// From the first bytes of a head to its last.
    static let head = TimeAmount.seconds(10)
    /// From then on for the body, which is 64 KiB at most, and 128 KiB for a form of a text: 36 kbit/s are enough.
    static let body = TimeAmount.seconds(30)
    /// For answering a request that was broken off; then the connection is closed.
    static let answer = TimeAmount.seconds(10)

    /// What is still to come of the request that is being read, or of a next one.
    private enum Missing {
        case nothing, all, head, body

        var limit: TimeAmount? {
            switch self {
            case .nothing: nil
            case .all: RequestTimeLimit.idle
            case .head: RequestTimeLimit.head
            case .body: RequestTimeLimit.body
            }
        }
    }

    /// Nothing until the channel is active: till then the fast lane has the connection.
    private var missing = Missing.nothing
    /// Whether anything has come of a head that is not whole.
    private var hasBegun = false
    /// Requests whose answers have not ended.
    private var unanswered = 0
    private var isBrokenOff = false
    /// Whether the limit of what is missing runs already.
    private var isTimed = false
    private let deadlines: Deadlines
    private let security: SecurityHeaders

    /// - Parameter deadlines: of the connection's event loop.
    init(_ deadlines: Deadlines, security: SecurityHeaders) {
        self.deadlines = deadlines
        self.security = security
    }
}

// MARK: - What comes

extension RequestTimeLimit {
    func channelActive(context: ChannelHandlerContext) {
        expect(.all)
        windUp(context)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isBrokenOff else { return }
        switch unwrapInboundIn(data) {
        case .head:
            hasBegun = false
            unanswered += 1
            expect(.body)
        case .body: break
        case .end:
            hasBegun = false
            expect(unanswered == 0 ? .all : .nothing)
        }
        context.fireChannelRead(data)
    }

    /// Hears of a byte before the parser does: where no part of a request comes with it, it is of the next head.
    fileprivate func noteByte() { hasBegun = true }

    /// Only now is a clock wound up: most requests come in one read, and need none.
    func channelReadComplete(context: ChannelHandlerContext) {
        if hasBegun, missing == .all { expect(.head) }
        windUp(context)
        context.fireChannelReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // What is wrong with the rest of a request that was broken off is of no interest.
        guard !isBrokenOff else { return }
        if missing == .body { breakOff(context, error) } else { context.fireErrorCaught(error) }
    }

    func read(context: ChannelHandlerContext) {
        if !isBrokenOff { context.read() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        isBrokenOff = true
        expect(.nothing)
        context.fireChannelInactive()
    }

    private func expect(_ missing: Missing) {
        self.missing = missing
        if isTimed { deadlines.takeBack(for: self) }
        isTimed = false
    }

    private func windUp(_ context: ChannelHandlerContext) {
        guard !isBrokenOff, !isTimed, let limit = missing.limit else { return }
        isTimed = true
        deadlines.set(limit, for: self) { self.end(context) }
    }

    private func end(_ context: ChannelHandlerContext) {
        isTimed = false
        switch missing {
        case .nothing, .all: context.close(promise: nil)
        case .head: refuse(context)
        case .body: breakOff(context, Problem.requestTimeout)
        }
    }
}

// MARK: - What is answered

extension RequestTimeLimit {
    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .end = unwrapOutboundIn(data) else { return context.write(data, promise: promise) }
        unanswered -= 1
        if isBrokenOff, unanswered == 0 {
            context.writeAndFlush(data, promise: promise)
            context.close(promise: nil)
            return
        }
        context.write(data, promise: promise)
        // While an earlier request was worked on, nobody took this one's body.
        if missing == .body { expect(.body) } else if unanswered == 0 { expect(hasBegun ? .head : .all) }
        windUp(context)
    }

    /// Nothing more is read. Who waits for the body hears why, and may answer; an answer that was given stays alone.
    private func breakOff(_ context: ChannelHandlerContext, _ error: any Error) {
        guard !isBrokenOff else { return }
        isBrokenOff = true
        expect(.nothing)
        guard unanswered > 0 else { return context.close(promise: nil) }
        context.fireErrorCaught(error)
        isTimed = true
        deadlines.set(RequestTimeLimit.answer, for: self) { context.close(promise: nil) }
    }

    /// Answers in place of all who answer: they have heard of no request.
    private func refuse(_ context: ChannelHandlerContext) {
        isBrokenOff = true
        let answer = Problem.requestTimeout.answer
        var fields = answer.headers
        security.add(to: &fields)
        fields[.contentLength] = String(answer.body.readableBytes)
        fields[.date] = CivilTime(Timestamp(Date())).httpDate
        let headers = HTTPHeaders(fields.map { ($0.name.rawName, $0.value) })
        context.write(
            wrapOutboundOut(.head(.init(version: .http1_1, status: .requestTimeout, headers: headers))), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(answer.body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.close(promise: nil)
    }
}

/// Lets the time limit know whether a read ended with a request, or with the beginning of a next one.
///
/// Of a head the parser tells nothing before it is whole. So it gets each read in two pieces, of which the second begins
/// with the last byte that is no end of a line: if a request ends there, nothing has come of a next one. Ends of lines
/// before a head are no part of it (RFC 9112, section 2.2).
final class ReadEnds: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let limit: RequestTimeLimit

    init(_ limit: RequestTimeLimit) {
        self.limit = limit
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var read = unwrapInboundIn(data)
        let bytes = read.readableBytesView
        guard let last = bytes.lastIndex(where: { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }) else {
            return context.fireChannelRead(data)
        }
        if last > bytes.startIndex, let piece = read.readSlice(length: last - bytes.startIndex) {
            context.fireChannelRead(wrapInboundOut(piece))
        }
        // What came first may have closed it.
        guard context.channel.isActive else { return }
        limit.noteByte()
        context.fireChannelRead(wrapInboundOut(read))
    }
}
