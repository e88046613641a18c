import Foundation
import Gateway
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

/// Listens, and serves each connection: on the fast lane for as long as that can answer, and then as a channel of the
/// ordinary pipeline.
struct HTTPServer<Child: ServerChildChannel>: Service {
    let host: String
    let port: Int
    let lane: FastLane
    /// How many loops the lane has; none where a connection must be decrypted first.
    let laneLoops: Int
    let open: OpenConnections
    let logger: Logger
    /// Hears the port.
    let onRunning: @Sendable (Int) async -> Void
    /// What a connection becomes that the lane has given away.
    let child: @Sendable (HandedOver) -> Child

    /// Returns when the last connection has ended after the service was told to.
    ///
    /// - Throws: why it cannot listen.
    func run() async throws {
        let socket = try ListeningSocket(host: host, port: port)
        let (given, giving) = AsyncStream.makeStream(of: HandedOver.self)
        let listener = try LaneListener(socket, lane: lane, loops: laneLoops, open: open, logger: logger) { given in
            // Where the service was cancelled, nobody takes it any more.
            guard case .terminated = giving.yield(given) else { return }
            given.close()
            open.noteEnd()
        }
        let channels = OpenChannels()
        if laneLoops > 0 { loopsGiveWay }
        listener.start { giving.finish() }
        await onRunning(socket.port)
        await withTaskCancellationOrGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                for await connection in given {
                    group.addTask { await serve(connection, channels) }
                }
            }
        } onCancelOrGracefulShutdown: {
            listener.stop()
            channels.quiesce()
        }
    }

    private func serve(_ given: HandedOver, _ channels: OpenChannels) async {
        defer { open.noteEnd() }
        let child = child(given)
        do {
            let value = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .channelOption(.allowRemoteHalfClosure, value: true)
                .withConnectedSocket(given.socket) { channel in
                    channels.add(channel)
                    return child.setup(channel: channel, logger: logger)
                }
            await child.handle(value: value, logger: logger)
        } catch {
            // The client was gone before its channel was there.
            logger.debug("A connection ended early.", metadata: ["cause": "\(error)"])
        }
    }
}

/// A verify is not to wait for a page: once this is asked for, the loops of the ordinary pipeline are nicer than the
/// lane's threads, and keep a quarter of a processor of which both want all. On Linux `nice` is a thread's own.
private let loopsGiveWay: Void = {
    for loop in MultiThreadedEventLoopGroup.singleton.makeIterator() {
        loop.execute { _ = nice(5) }
    }
}()

/// The channels of the ordinary pipeline, which are to hear when the service ends.
final class OpenChannels: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var isQuiescing = false
    }

    private let state = Mutex(State())

    /// On the channel's loop, before its handlers are there.
    func add(_ channel: any Channel) {
        let name = ObjectIdentifier(channel)
        let isQuiescing = state.withLock { state in
            state.channels[name] = channel
            return state.isQuiescing
        }
        channel.closeFuture.whenComplete { _ in
            self.state.withLock { _ = $0.channels.removeValue(forKey: name) }
        }
        if isQuiescing { OpenChannels.quiesce(channel) }
    }

    /// Lets each end after the request that it is at.
    func quiesce() {
        let channels = state.withLock { state in
            state.isQuiescing = true
            return state.channels
        }
        for channel in channels.values { OpenChannels.quiesce(channel) }
    }

    private static func quiesce(_ channel: any Channel) {
        channel.eventLoop.execute { channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
    }
}
