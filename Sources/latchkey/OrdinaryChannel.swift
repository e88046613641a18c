import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import Web

/// Hummingbird's channel for HTTP/1.1, with our own judgment between the parser and all that follows it.
struct OrdinaryChannel: ServerChildChannel {
    private let channel: HTTP1Channel
    private let security: SecurityHeaders
    private let deadlines = PerLoop<Deadlines>()

    init(security: SecurityHeaders, responder: @escaping HTTPChannelHandler.Responder) {
        self.security = security
        channel = HTTP1Channel(responder: responder, configuration: .init())
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        self.channel.setup(channel: channel, logger: logger).assumeIsolated().flatMapThrowing { value in
            let pipeline = channel.pipeline.syncOperations
            let parser = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            let loop = channel.eventLoop
            let limit = RequestTimeLimit(deadlines.value(on: loop) { Deadlines(loop) }, security: security)
            try pipeline.addHandler(ReadEnds(limit), position: .before(parser))
            try pipeline.addHandlers([StrictHeads(), limit], position: .after(parser))
            return value
        }.nonisolated()
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async {
        await channel.handle(value: value, logger: logger)
    }
}
