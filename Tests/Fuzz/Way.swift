import Gateway
import Hummingbird
import HummingbirdCore
import KeyCore
import Logging
import NIOCore
import NIOPosix
import Synchronization
import Web

/// One of the two ways to an answer, as the service has it, with an index of its own.
struct Way: Sendable {
    enum Kind {
        /// The lane stands in front, and hands over what is not for it.
        case fastLane
        /// There is no lane.
        case ordinary
    }

    /// All that came of a stream.
    struct Outcome: Hashable {
        let answers: Answers
        let uses: [ID<Key>: Timestamp]
        let refusals: [ID<Key>: [KeyRefusal]]
    }

    private let index = GrantIndex()
    private let follower = ChosenFollower()
    private let refusals: RefusalTally
    private let serve: @Sendable (CInt) async throws -> Void

    init(_ kind: Kind) async throws {
        let logger = Logger(label: "fuzz") { _ in SwiftLogNoOpLogHandler() }
        refusals = RefusalTally(store: NoStore(), logger: logger)
        index.load(Keys.content)
        let verifier = Verifier(
            platform: Keys.platform, index: index, follower: follower, refusals: refusals, now: { Keys.now })
        let parts = Parts(verifier: verifier, logger: logger)
        let ordinary = try await parts.ordinaryChannel()
        serve =
            switch kind {
            case .ordinary: parts.serving(ordinary)
            case .fastLane: parts.serving(FastLaneChannel(lane: parts.lane, ordinary: ordinary))
            }
    }

    /// Sends a stream on a connection of its own.
    func begin(_ stream: ClientStream) -> ClientSocket {
        follower.set(stream.knowledge)
        let (client, server) = ClientSocket.pair()
        Task { [serve] in try await serve(server) }
        client.send(stream.pieces)
        return client
    }

    /// Waits for the connection's end.
    func end(_ client: ClientSocket) -> Outcome {
        let answers = Answers(client.receive())
        return Outcome(
            answers: answers, uses: index.takeUses(), refusals: Dictionary(grouping: refusals.take(), by: \.key))
    }
}

extension Way.Outcome: CustomStringConvertible {
    var description: String { "\(answers)\nuses: \(uses.keys)\nrefusals: \(refusals.values)" }
}

/// A node without its pages and without a database, put together as the service does.
private struct Parts {
    let verifier: Verifier
    let logger: Logger
    private let clientAddress = ClientAddress(trustedProxies: [])
    private let security = SecurityHeaders(isSecure: true)

    var lane: FastLane {
        FastLane(platform: Keys.platform, verifier: verifier, security: security, clientAddress: clientAddress)
    }

    private var responder: RouterResponder<WebContext> {
        let router = Router(context: WebContext.self, options: .autoGenerateHeadEndpoints)
        router.addMiddleware {
            clientAddress
            security
            AuthorizeController(platform: Keys.platform, verifier: verifier)
        }
        VerifyController(platform: Keys.platform, verifier: verifier).addRoutes(to: router)
        return router.buildResponder()
    }

    /// What the service makes of each connection, with what Hummingbird's application answers: that runs, and the port
    /// that it listens at stays unused.
    func ordinaryChannel() async throws -> OrdinaryChannel {
        let (channels, made) = AsyncStream.makeStream(of: OrdinaryChannel.self)
        let server = HTTPServerBuilder { responder in
            let channel = OrdinaryChannel(responder: responder)
            made.yield(channel)
            return channel
        }
        let application = Application(
            responder: responder, server: server,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)), logger: logger)
        Task { try await application.run() }
        for await channel in channels { return channel }
        fatalError("The application made no server.")
    }

    func serving(_ child: some ServerChildChannel) -> @Sendable (CInt) async throws -> Void {
        { [logger] descriptor in
            let value = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                // As a server's connections have it.
                .channelOption(.allowRemoteHalfClosure, value: true)
                // A read takes a piece, however long: what is left of a message is lost.
                .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 1 << 16))
                .withConnectedSocket(descriptor) { child.setup(channel: $0, logger: logger) }
            await child.handle(value: value, logger: logger)
        }
    }
}
