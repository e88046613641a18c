import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// Hummingbird's channel for HTTP/1.1, with our own judgment between the parser and all that follows it.
struct OrdinaryChannel: ServerChildChannel {
    private let channel: HTTP1Channel
    private let deadlines = LoopDeadlines()

    init(responder: @escaping HTTPChannelHandler.Responder) {
        channel = HTTP1Channel(responder: responder, configuration: .init())
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        self.channel.setup(channel: channel, logger: logger).assumeIsolated().flatMapThrowing { value in
            let pipeline = channel.pipeline.syncOperations
            let parser = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            let limit = RequestTimeLimit(deadlines.of(channel.eventLoop))
            try pipeline.addHandlers([StrictHeads(), limit], position: .after(parser))
            return value
        }.nonisolated()
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async {
        await channel.handle(value: value, logger: logger)
    }
}
