import NIOCore

/// The first handler of a connection: answers verify and authorize itself, in the bytes and on the event loop.
///
/// With the first request that is not for it, the connection goes over to the ordinary pipeline for good, which until
/// then has not even heard that it is open: so answers keep their order without anybody keeping a list of them.
final class FastLaneHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum State {
        case fast
        /// The node is to become current; nothing more is read meanwhile.
        case waiting
        case ordinary
    }

    private let lane: Lane
    private var state = State.fast
    /// What was read and is no whole request yet.
    private var pending = ByteBuffer()
    private var peer: String?
    /// A read that was asked for and must wait.
    private var isReadHeld = false
    /// What was told about the connection while a request waited.
    private var heldEvents: [Any] = []
    private var patience = Patience()
    private var timer: Scheduled<Void>?

    init(lane: Lane) {
        self.lane = lane
    }
}

// MARK: - Reading and answering

extension FastLaneHandler {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard state != .ordinary else { return context.fireChannelRead(data) }
        var read = unwrapInboundIn(data)
        if pending.readableBytes == 0 { swap(&pending, &read) } else { pending.writeBuffer(&read) }
        if state == .fast { answer(context, hasWaited: false) }
    }

    /// Answers what is there, as far as it is for the lane.
    private func answer(_ context: ChannelHandlerContext, hasWaited: Bool) {
        let end = lane.answer(&pending, from: peer, hasWaited: hasWaited)
        if lane.out.readableBytes > 0 { context.writeAndFlush(wrapOutboundOut(lane.out), promise: nil) }
        switch end {
        case .allAnswered: patience.note(isWithinRequest: false)
        case .withinRequest: patience.note(isWithinRequest: true)
        case .foreign: handOver(context)
        case .notCurrent: wait(context)
        }
    }

    /// Lets the node become current before the next request is answered, and this one with it.
    private func wait(_ context: ChannelHandlerContext) {
        state = .waiting
        let verifier = lane.shared.verifier
        context.eventLoop.makeFutureWithTask { _ = await verifier.freshness() }.assumeIsolated().whenComplete { _ in
            guard self.state == .waiting else { return }
            self.state = .fast
            self.answer(context, hasWaited: true)
            let events = self.heldEvents
            self.heldEvents = []
            for event in events { self.tell(event, context) }
            self.readIfHeld(context)
        }
    }

    private func handOver(_ context: ChannelHandlerContext) {
        state = .ordinary
        timer?.cancel()
        timer = nil
        let rest = pending
        pending = ByteBuffer()
        context.fireChannelActive()
        if rest.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(rest)) }
        readIfHeld(context)
    }
}

// MARK: - The connection

extension FastLaneHandler {
    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { begin(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        begin(context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        if state == .waiting { state = .ordinary }
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard state != .waiting else { return heldEvents.append(event) }
        tell(event, context)
    }

    private func tell(_ event: Any, _ context: ChannelHandlerContext) {
        // A client that has no more to say and broke off within a request: what is wrong, the other pipeline says.
        if state == .fast, pending.readableBytes > 0, event as? ChannelEvent == .inputClosed { handOver(context) }
        context.fireUserInboundEventTriggered(event)
    }

    /// Reads no more than can be answered: a client that does not take its answers gets no others.
    func read(context: ChannelHandlerContext) {
        guard state != .ordinary, state == .waiting || !context.channel.isWritable else { return context.read() }
        isReadHeld = true
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable, state != .waiting {
            patience.note(isWithinRequest: pending.readableBytes > 0)
            readIfHeld(context)
        }
        context.fireChannelWritabilityChanged()
    }

    private func readIfHeld(_ context: ChannelHandlerContext) {
        guard isReadHeld else { return }
        isReadHeld = false
        context.read()
    }

    private func begin(_ context: ChannelHandlerContext) {
        guard timer == nil, state == .fast else { return }
        peer = context.channel.remoteAddress?.ipAddress
        patience = Patience()
        schedule(context)
    }

    private func schedule(_ context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: Patience.interval) {
            if self.patience.isOver { context.close(promise: nil) } else { self.schedule(context) }
        }
    }
}

/// How long a connection may take: for a request from its first byte to its last, and between two.
private struct Patience {
    static let interval = TimeAmount.seconds(5)
    private static let request = TimeAmount.seconds(10)
    private static let idle = TimeAmount.seconds(75)

    private var since = NIODeadline.now()
    private var isWithinRequest = false

    mutating func note(isWithinRequest: Bool) {
        // A request that trickles in does not begin anew with each of its bytes.
        if !(isWithinRequest && self.isWithinRequest) { since = .now() }
        self.isWithinRequest = isWithinRequest
    }

    var isOver: Bool { .now() - since > (isWithinRequest ? Patience.request : Patience.idle) }
}
