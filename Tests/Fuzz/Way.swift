import Foundation
import Hummingbird
import HummingbirdCore
import KeyCore
import Logging
import NIOCore
import NIOPosix
import Web

@testable import Gateway

/// One of the ways to an answer, as the service has it, with an index of its own.
struct Way: Sendable {
    enum Kind {
        /// A loop of the lane, which gives away what is not for it.
        case loop
        /// The lane as the first handler of a channel, as behind TLS.
        case channel
        /// There is no lane.
        case ordinary
    }

    /// All that came of a stream.
    struct Outcome: Hashable {
        let answers: [UInt8]
        let uses: [ID<Key>: KeyUse]
        let refusals: [ID<Key>: [KeyRefusal]]
    }

    let kind: Kind
    private let index = GrantIndex()
    private let follower = ChosenFollower()
    private let refusals: RefusalTally
    private let take: @Sendable (CInt) -> Void

    init(_ kind: Kind) throws {
        self.kind = kind
        let logger = Logger(label: "fuzz") { _ in SwiftLogNoOpLogHandler() }
        refusals = RefusalTally(store: NoStore(), logger: logger)
        index.load(Keys.content)
        let verifier = Verifier(
            platform: Keys.platform, index: index, follower: follower, refusals: refusals, now: { Keys.now })
        take = try Service(verifier: verifier, logger: logger).taking(kind)
    }

    /// Sends a stream on a connection of its own.
    func begin(_ stream: ClientStream) -> ClientSocket {
        follower.set(stream.knowledge)
        let (client, server) = ClientSocket.pair()
        take(server)
        client.send(stream.pieces)
        return client
    }

    /// Waits for the connection's end.
    func end(_ client: ClientSocket) -> Outcome {
        let answers = client.receive()
        return Outcome(
            answers: answers, uses: index.takeUses(), refusals: Dictionary(grouping: refusals.take(), by: \.key))
    }
}

extension Way.Outcome: CustomStringConvertible {
    var description: String {
        "\(String(decoding: answers, as: UTF8.self))\nuses: \(uses.keys)\nrefusals: \(refusals.values)"
    }
}

/// A node without its pages and without a database, put together as `Node` and `HTTPServer` do.
private struct Service: Sendable {
    private let lane: FastLane
    private let security: SecurityHeaders
    private let responder: RouterResponder<WebContext>
    private let logger: Logger

    init(verifier: Verifier, logger: Logger) {
        let clientAddress = ClientAddress(trustedProxies: [])
        let security = SecurityHeaders(isSecure: true)
        self.security = security
        lane = FastLane(
            platform: Keys.platform, verifier: verifier, security: security, clientAddress: clientAddress)
        let router = Router(context: WebContext.self, options: .autoGenerateHeadEndpoints)
        router.addMiddleware {
            clientAddress
            security
            AuthorizeController(platform: Keys.platform, verifier: verifier)
            Faults(platform: Keys.platform) { problem, _, _ in problem.response() }
        }
        VerifyController(platform: Keys.platform, verifier: verifier).addRoutes(to: router)
        responder = router.buildResponder()
        self.logger = logger
    }

    /// What becomes of a connection.
    func taking(_ kind: Way.Kind) throws -> @Sendable (CInt) -> Void {
        let ordinary = OrdinaryChannel(security: security) { try await respond(to: $0, $1, on: $2) }
        switch kind {
        case .ordinary:
            return { descriptor in Task { try await serve(descriptor, as: ordinary) } }
        case .channel:
            let child = FastLaneChannel(lane: lane, ordinary: ordinary)
            return { descriptor in Task { try await serve(descriptor, as: child) } }
        case .loop:
            let loop = try LaneLoop(lane, open: OpenConnections(), logger: Logger(label: "fuzz")) { given in
                let child = FastLaneChannel(lane: lane, ordinary: ordinary, given: given)
                Task { try await serve(given.socket, as: child) }
            }
            Thread.detachNewThread(loop.run)
            return { loop.post(.adopt(AcceptedSocket(descriptor: $0, peer: nil))) }
        }
    }

    private func serve(_ descriptor: CInt, as child: some ServerChildChannel) async throws {
        let value = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelOption(.allowRemoteHalfClosure, value: true)
            // A read takes a piece, however long: what is left of a message is lost.
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 1 << 16))
            .withConnectedSocket(descriptor) { child.setup(channel: $0, logger: logger) }
        await child.handle(value: value, logger: logger)
    }

    private func respond(
        to request: Request, _ writer: consuming ResponseWriter, on channel: any Channel
    ) async throws {
        let context = WebContext(source: ApplicationRequestContextSource(channel: channel, logger: logger))
        var response = try await responder.respond(to: request, context: context)
        response.headers[.date] = CivilTime(Keys.now).httpDate
        try await writer.write(response: response.head, body: response.body)
    }
}
