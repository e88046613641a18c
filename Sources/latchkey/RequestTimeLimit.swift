import NIOCore
import NIOHTTP1
import Web

/// Ends a request of the ordinary pipeline that takes too long to come, however steadily it trickles in, and sees to
/// it that one which breaks off is answered once. The fast lane has limits of its own.
///
/// Hummingbird's own limit counts anew with each part of a body, and to a request that was answered before its body was
/// found to be wrong it gives a second answer, which on a shared connection would pass for that to the next request.
final class RequestTimeLimit: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// From the first bytes of a head to its last.
    static let head = TimeAmount.seconds(10)
    /// From then on for the body, which is 64 KiB at most: 18 kbit/s are enough.
    static let body = TimeAmount.seconds(30)
    /// For answering a request that was broken off; then the connection is closed.
    static let answer = TimeAmount.seconds(10)

    /// What of a request is still to come.
    private enum Missing {
        case nothing, head, body

        var limit: TimeAmount? {
            switch self {
            case .nothing: nil
            case .head: RequestTimeLimit.head
            case .body: RequestTimeLimit.body
            }
        }
    }

    private var missing = Missing.nothing
    /// Until then the fast lane has the connection.
    private var isActive = false
    /// Whether the present read has brought any part of a request.
    private var hasPart = false
    /// Requests whose answers have not ended.
    private var unanswered = 0
    private var isBrokenOff = false
    private var timer: Scheduled<Void>?
}

// MARK: - What comes

extension RequestTimeLimit {
    func channelActive(context: ChannelHandlerContext) {
        isActive = true
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isBrokenOff else { return }
        hasPart = true
        switch unwrapInboundIn(data) {
        case .head:
            unanswered += 1
            expect(.body)
        case .body: break
        case .end: expect(.nothing)
        }
        context.fireChannelRead(data)
    }

    /// Only now is a clock wound up: most requests come in one read, and need none. Of a head nothing is seen before
    /// it is whole, but a read that brought no part of a request has brought a part of a head.
    func channelReadComplete(context: ChannelHandlerContext) {
        if isActive, !hasPart, missing == .nothing, unanswered == 0 { expect(.head) }
        hasPart = false
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
        timer?.cancel()
        timer = nil
    }

    private func windUp(_ context: ChannelHandlerContext) {
        guard !isBrokenOff, timer == nil, let limit = missing.limit else { return }
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: limit) {
            if self.missing == .head { self.refuse(context) } else { self.breakOff(context, Problem.requestTimeout) }
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
        if missing == .body {
            expect(.body)
            windUp(context)
        }
    }

    /// Nothing more is read. Who waits for the body hears why, and may answer; an answer that was given stays alone.
    private func breakOff(_ context: ChannelHandlerContext, _ error: any Error) {
        guard !isBrokenOff else { return }
        isBrokenOff = true
        expect(.nothing)
        guard unanswered > 0 else { return context.close(promise: nil) }
        context.fireErrorCaught(error)
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: RequestTimeLimit.answer) {
            context.close(promise: nil)
        }
    }

    /// Answers in place of all who answer: they have heard of no request.
    private func refuse(_ context: ChannelHandlerContext) {
        isBrokenOff = true
        let answer = Problem.requestTimeout.answer
        var headers = HTTPHeaders(answer.headers.map { ($0.name.rawName, $0.value) })
        headers.add(name: "Content-Length", value: String(answer.body.readableBytes))
        context.write(
            wrapOutboundOut(.head(.init(version: .http1_1, status: .requestTimeout, headers: headers))), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(answer.body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.close(promise: nil)
    }
}
