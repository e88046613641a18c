import NIOCore

/// The first handler of a channel, which is a connection behind TLS or one that a `LaneLoop` gave away: answers verify and authorize itself, in the bytes and on the event loop.
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
        /// The node is to become current; nothing is answered meanwhile.
        case waiting
        /// The client takes no more answers at this moment.
        case blocked
        case ordinary
    }

    private let lane: Lane
    private var unsent: ByteBuffer
    private var state = State.fast
    /// What was read and is not answered yet. Only so much is read as one turn of the loop brings.
    private var pending: ByteBuffer
    private var peer: String?
    /// A read that was asked for and must wait.
    private var isReadHeld = false
    /// Whether anything was written, which what closes the connection must then come behind.
    private var hasWritten = false
    /// What was told about the connection before all was answered.
    private var heldEvents: [Any] = []
    private var patience = Patience(at: .now())
    private var timer: Scheduled<Void>?

    /// - Parameters:
    ///   - unsent: answers of before that come first.
    ///   - unread: what was read before and is not answered.
    init(lane: Lane, unsent: ByteBuffer = ByteBuffer(), unread: ByteBuffer = ByteBuffer()) {
        self.lane = lane
        self.unsent = unsent
        pending = unread
    }
}

// MARK: - Reading and answering

extension FastLaneHandler {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard state != .ordinary else { return context.fireChannelRead(data) }
        var read = unwrapInboundIn(data)
        if pending.readableBytes == 0 {
            swap(&pending, &read)
        } else {
            // What was answered already is let go: a client whose reads never end with a request costs no more.
            pending.discardReadBytes()
            pending.writeBuffer(&read)
        }
        if state == .fast { answer(context) }
    }

    /// Answers what is there, as far as it is for the lane and the client takes it.
    ///
    /// - Parameter wait: of the first request, where there was one.
    private func answer(_ context: ChannelHandlerContext, after wait: Lane.Wait? = nil) {
        var wait = wait
        while state == .fast {
            let end = lane.answer(&pending, from: peer, after: wait)
            wait = nil
            let hasAnswered = lane.out.readableBytes > 0
            if hasAnswered { write(lane.out, context) }
            guard context.channel.isActive else { return }
            switch end {
            case .allAnswered:
                // Lets go of the memory, which the next read then fills.
                pending = ByteBuffer()
                patience.begin(.idle, at: .now())
            case .withinRequest: patience.goOn(.head, anew: hasAnswered, at: .now())
            case .foreign: handOver(context)
            case .notCurrent: waitForNode(context)
            case .more where context.channel.isWritable: continue
            case .more: state = .blocked
            }
            break
        }
        if !context.channel.isWritable { patience.begin(.blocked, at: .now()) }
        if state == .fast || state == .ordinary { tellHeldEvents(context) }
    }

    /// Lets the node become current before the next request is answered, and this one with it.
    private func waitForNode(_ context: ChannelHandlerContext) {
        state = .waiting
        patience.begin(.idle, at: .now())
        let verifier = lane.shared.verifier
        let since = NIODeadline.now()
        context.eventLoop.makeFutureWithTask { await verifier.freshness() }.assumeIsolated().whenSuccess { freshness in
            guard self.state == .waiting else { return }
            self.state = .fast
            self.answer(context, after: Lane.Wait(since: since, freshness: freshness))
            self.readIfHeld(context)
        }
    }

    private func write(_ answers: ByteBuffer, _ context: ChannelHandlerContext) {
        hasWritten = true
        context.writeAndFlush(wrapOutboundOut(answers), promise: nil)
    }

    private func handOver(_ context: ChannelHandlerContext) {
        state = .ordinary
        patience.begin(.ordinary, at: .now())
        let rest = pending
        pending = ByteBuffer()
        context.fireChannelActive()
        if rest.readableBytes > 0 {
            context.fireChannelRead(wrapInboundOut(rest))
            // Where a request had to wait, the end of the read that it came with is long past.
            context.fireChannelReadComplete()
        }
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
        timer = nil
        state = .ordinary
        context.fireChannelInactive()
    }

    /// Whoever hears of these closes the connection: what was asked before is answered first, and what was answered
    /// is sent.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch state {
        case .ordinary: context.fireUserInboundEventTriggered(event)
        case .waiting, .blocked: heldEvents.append(event)
        case .fast: tell(event, context)
        }
    }

    private func tellHeldEvents(_ context: ChannelHandlerContext) {
        let events = heldEvents
        heldEvents = []
        for event in events { tell(event, context) }
    }

    private func tell(_ event: Any, _ context: ChannelHandlerContext) {
        // A client that has no more to say and broke off within a request: what is wrong, the other pipeline says.
        if state == .fast, pending.readableBytes > 0, event as? ChannelEvent == .inputClosed { handOver(context) }
        // Where TLS has not begun, nothing is ever sent: there, a client that says nothing would hold up the end.
        guard hasWritten else { return context.fireUserInboundEventTriggered(event) }
        let sent = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: sent)
        sent.futureResult.assumeIsolated().whenComplete { _ in context.fireUserInboundEventTriggered(event) }
    }

    /// Reads no more than can be answered: a client that does not take its answers gets no others.
    func read(context: ChannelHandlerContext) {
        if canRead(context) { context.read() } else { isReadHeld = true }
    }

    private func canRead(_ context: ChannelHandlerContext) -> Bool {
        state == .ordinary || state == .fast && context.channel.isWritable
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if !context.channel.isWritable {
            patience.begin(.blocked, at: .now())
        } else if state == .ordinary {
            patience.begin(.ordinary, at: .now())
        } else {
            patience.begin(pending.readableBytes > 0 ? .head : .idle, at: .now())
            if state == .blocked {
                state = .fast
                answer(context)
            }
            readIfHeld(context)
        }
        context.fireChannelWritabilityChanged()
    }

    private func readIfHeld(_ context: ChannelHandlerContext) {
        guard isReadHeld, canRead(context) else { return }
        isReadHeld = false
        context.read()
    }

    private func begin(_ context: ChannelHandlerContext) {
        guard timer == nil, state == .fast else { return }
        peer = context.channel.remoteAddress?.ipAddress
        patience.begin(.idle, at: .now())
        schedule(context)
        if unsent.readableBytes > 0 {
            write(unsent, context)
            unsent = ByteBuffer()
        }
        if pending.readableBytes > 0 { answer(context) }
    }

    private func schedule(_ context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: Patience.interval) {
            if self.patience.isOver(at: .now()) { self.giveUp(context) } else { self.schedule(context) }
        }
    }

    /// Who is within a request hears why; of the others nothing was asked, or they take no answers.
    private func giveUp(_ context: ChannelHandlerContext) {
        if state == .fast, pending.readableBytes > 0, context.channel.isWritable {
            lane.refuseAsTooSlow()
            write(lane.out, context)
        }
        context.close(promise: nil)
    }
}
