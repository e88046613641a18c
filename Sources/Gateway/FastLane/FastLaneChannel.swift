import HummingbirdCore
import Logging
import NIOCore

/// A connection whose first handler is the fast lane, and behind it the ordinary one.
package struct FastLaneChannel<Ordinary: ServerChildChannel>: ServerChildChannel {
    private let lane: FastLane
    private let ordinary: Ordinary

    package init(lane: FastLane, ordinary: Ordinary) {
        self.lane = lane
        self.ordinary = ordinary
    }

    package func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Ordinary.Value> {
        do {
            try channel.pipeline.syncOperations.addHandler(FastLaneHandler(lane: lane.lane(of: channel.eventLoop)))
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
