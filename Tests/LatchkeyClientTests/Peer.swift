import Foundation
import KeyCore
import LatchkeyClient
import NIOCore
import NIOPosix
import Synchronization

/// What listens where Latchkey should, on a bad day or not at all itself: it does to each request what its script says.
final class Peer: Sendable {
    enum Act: Sendable {
        case answer(String)
        /// Closes the connection without a byte.
        case close
        /// Says nothing, and keeps the connection.
        case silence
    }

    private struct Seen {
        var connections = 0
        var requests: [String] = []
    }

    private let seen = Mutex(Seen())
    private let script: [Act]
    private let channel = Mutex<(any Channel)?>(nil)

    /// - Parameter script: one act a request; the last one is done again and again.
    private init(_ script: [Act]) {
        self.script = script
    }

    var connections: Int { seen.withLock(\.connections) }
    /// The heads of the requests, in the order in which they came.
    var requests: [String] { seen.withLock(\.requests) }
    var url: String { "http://127.0.0.1:\(channel.withLock { $0?.localAddress?.port } ?? 0)" }

    /// Runs a test against a peer on a free loopback port.
    static func run<Value>(_ script: Act..., test: (Peer) async throws -> Value) async throws -> Value {
        let peer = Peer(script)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                peer.seen.withLock { $0.connections += 1 }
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(peer: peer))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        peer.channel.withLock { $0 = channel }
        defer { channel.close(promise: nil) }
        return try await test(peer)
    }

    func client(timeout: Duration = .seconds(10)) throws -> LatchkeyClient {
        try LatchkeyClient(url: url, timeout: timeout)
    }

    private func act(on head: String) -> Act {
        let number = seen.withLock { seen in
            seen.requests.append(head)
            return seen.requests.count
        }
        return script[min(number, script.count) - 1]
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let peer: Peer
        private var head = ""

        init(peer: Peer) {
            self.peer = peer
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            head += String(buffer: unwrapInboundIn(data))
            guard head.hasSuffix("\r\n\r\n") else { return }
            let act = peer.act(on: head)
            head = ""
            switch act {
            case .answer(let text):
                context.writeAndFlush(NIOAny(ByteBuffer(string: text)), promise: nil)
            case .close: context.close(promise: nil)
            case .silence: break
            }
        }
    }
}

extension Peer.Act {
    /// A whole answer on a connection that is kept.
    static func answer(_ status: Int, _ headers: [String] = [], _ body: String = "") -> Peer.Act {
        let lines = ["HTTP/1.1 \(status) Something", "Content-Length: \(body.utf8.count)"] + headers
        return .answer(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }

    static func refusal(_ status: Int, _ code: String, _ headers: [String] = []) -> Peer.Act {
        answer(status, headers, #"{"code":"\#(code)","detail":"No.","status":\#(status)}"#)
    }

    static let accepted = answer(200, ["Content-Type: application/json"], yes)

    /// A yes, as Latchkey writes it.
    static let yes = """
        {"company":{"id":"com_1","name":"Acme"},\
        "key":{"expires_at":"2027-11-22T23:59:59.120Z","id":"key_1","name":"Gate"},\
        "permissions":["broadcasts:read","devices:read"],"role":"Viewer",\
        "user":{"id":"usr_1","name":"Ирина \\"I\\""},"valid":true}
        """
}

/// A well-formed key that nobody was given.
let someKey = Secret.generate(prefix: "sp").revealed

/// The refusal of a key, or `nil` when it was accepted.
func refusal(
    of key: String = someKey, permission: String? = nil, by client: LatchkeyClient
) async -> LatchkeyError? {
    do {
        _ = try await client.verify(key, permission: permission)
        return nil
    } catch {
        return error
    }
}
