import NIOCore
import NIOHTTP1
import Web

/// Ends a request of the ordinary pipeline that takes too long to come, however steadily it trickles in, and sees to
/// it that one which breaks off is answered once. The fast lane has limits of its own.
///
/// Hummingbird's own limit, which is not used, counts anew with each part of a body. And to a request that was answered before its body was
/// found to be wrong, Hummingbird gives a second answer, which on a shared connection would pass for that to the next request.
final class RequestTimeLimit: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// Between two requests.
    static let idle = TimeAmount.seconds(75)
    /// From the first bytes of a head to its last.
    static let head = TimeAmount.seconds(10)
    /// From then on for the body, which is 64 KiB at most: 18 kbit/s are enough.
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
    /// Whether the present read has brought any part of a request.
    private var hasPart = false
    /// Requests whose answers have not ended.
    private var unanswered = 0
    private var isBrokenOff = false
    /// Whether the limit of what is missing runs already.
    private var isTimed = false
    private let deadlines: Deadlines

    /// - Parameter deadlines: of the connection's event loop.
    init(_ deadlines: Deadlines) {
        self.deadlines = deadlines
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
        hasPart = true
        switch unwrapInboundIn(data) {
        case .head:
            unanswered += 1
            expect(.body)
        case .body: break
        case .end: expect(unanswered == 0 ? .all : .nothing)
        }
        context.fireChannelRead(data)
    }

    /// Only now is a clock wound up: most requests come in one read, and need none. Of a head nothing is seen before
    /// it is whole, but a read that brought no part of a request has brought a part of a head.
    func channelReadComplete(context: ChannelHandlerContext) {
        if !hasPart, missing == .all { expect(.head) }
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
        if missing == .body { expect(.body) } else if unanswered == 0 { expect(.all) }
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
        var headers = HTTPHeaders(answer.headers.map { ($0.name.rawName, $0.value) })
        headers.add(name: "Content-Length", value: String(answer.body.readableBytes))
        context.write(
            wrapOutboundOut(.head(.init(version: .http1_1, status: .requestTimeout, headers: headers))), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(answer.body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.close(promise: nil)
    }
}
