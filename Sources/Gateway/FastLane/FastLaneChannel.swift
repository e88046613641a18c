import HummingbirdCore
import Logging
import NIOCore

/// A connection whose first handler is the fast lane, and behind it the ordinary one.
package struct FastLaneChannel<Ordinary: ServerChildChannel>: ServerChildChannel {
    private let lane: FastLane
    private let ordinary: Ordinary
    private let given: HandedOver?

    /// - Parameter given: what was not answered or sent yet of the connection that the channel is for.
    package init(lane: FastLane, ordinary: Ordinary, given: HandedOver? = nil) {
        self.lane = lane
        self.ordinary = ordinary
        self.given = given
    }

    package func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Ordinary.Value> {
        do {
            let lane = lane.lane(of: channel.eventLoop)
            let handler = FastLaneHandler(
                lane: lane, unsent: given?.unsent ?? ByteBuffer(), unread: given?.unread ?? ByteBuffer())
            try channel.pipeline.syncOperations.addHandler(handler)
            // A request is one read: a second one would only find that there is nothing.
            try channel.syncOptions?.setOption(.maxMessagesPerRead, value: 1)
        } catch {
            return channel.eventLoop.makeFailedFuture(error)
        }
        return ordinary.setup(channel: channel, logger: logger)
    }

    package func handle(value: Ordinary.Value, logger: Logger) async {
        await ordinary.handle(value: value, logger: logger)
    }
}
