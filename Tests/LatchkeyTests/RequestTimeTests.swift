import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing
import Web

@testable import latchkey

/// A connection of the ordinary pipeline whose time moves by hand.
private struct TimedConnection {
    let channel: EmbeddedChannel

    init() throws {
        channel = EmbeddedChannel()
        let pipeline = channel.pipeline.syncOperations
        try pipeline.configureHTTPServerPipeline(withPipeliningAssistance: false, withErrorHandling: false)
        let security = SecurityHeaders(isSecure: false)
        let limit = RequestTimeLimit(Deadlines(channel.embeddedEventLoop), security: security)
        try pipeline.addHandler(ReadEnds(limit), position: .first)
        try pipeline.addHandlers([StrictHeads(), limit], position: .last)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 80)).wait()
    }

    func send(_ text: String) throws { try channel.writeInbound(ByteBuffer(string: text)) }

    /// Sends a byte a second.
    func trickle(_ seconds: Int, _ byte: String = "x") throws {
        for _ in 0..<seconds {
            try send(byte)
            wait(1)
        }
    }

    func wait(_ seconds: Int64) { channel.embeddedEventLoop.advanceTime(by: .seconds(seconds)) }

    func answer(_ status: HTTPResponseStatus = .ok) throws {
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: ["Content-Length": "0"])
        channel.write(HTTPServerResponsePart.head(head), promise: nil)
        channel.writeAndFlush(HTTPServerResponsePart.end(nil), promise: nil)
    }

    /// All that was answered since this was asked last.
    func answered() throws -> String {
        var text = ""
        while let part = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: part) }
        return text
    }

    var isOpen: Bool { channel.isActive }

    /// Whether it stays open for all but the last of so many seconds, and is closed then.
    func closes(after seconds: Int64) -> Bool {
        wait(seconds - 1)
        let wasOpen = isOpen
        wait(1)
        return wasOpen && !isOpen
    }

    /// The code of the problem that whoever reads the body is told.
    func problem() -> String? {
        do {
            try channel.throwIfErrorCaught()
            return nil
        } catch {
            return (error as? Problem)?.code ?? "\(error)"
        }
    }
}

@Suite struct RequestTimeTests {
    private static let head = "POST /v1/keys HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"
    private static let whole = "GET /v1/keys HTTP/1.1\r\nHost: a\r\n\r\n"
    private static let chunked = "GET /v1/keys HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    private static let wholes = [
        whole, "POST /v1/keys HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody",
        chunked + "1\r\nx\r\n0\r\n\r\n",
    ]

    @Test func aHeadThatTricklesInIsAnsweredWith408AndTheConnectionClosed() throws {
        let connection = try TimedConnection()
        try connection.send("GET /")
        try connection.trickle(9)
        #expect(try connection.answered() == "" && connection.isOpen)
        try connection.trickle(1)
        let answer = try connection.answered()
        #expect(answer.hasPrefix("HTTP/1.1 408 Request Timeout\r\n") && answer.contains("\"code\":\"request_timeout\""))
        #expect(answer.contains("Connection: close\r\n") && !connection.isOpen)
    }

    @Test(arguments: wholes, ["", "\r\n"])
    func aHeadThatBeginsWithTheEndOfAnotherRequestHasItsOwnTime(_ earlier: String, _ between: String) throws {
        for cut in [0, 1, earlier.utf8.count - 1] {
            let connection = try TimedConnection()
            let bytes = Array((earlier + between + "GET / HTTP/1.1\r\n").utf8)
            for piece in [bytes[..<cut], bytes[cut...]] { try connection.send(String(decoding: piece, as: UTF8.self)) }
            connection.wait(80)
            try connection.answer()
            #expect(connection.closes(after: 10))
            #expect(try connection.answered().contains("HTTP/1.1 408 Request Timeout\r\n"))
        }
    }

    @Test(arguments: wholes)
    func emptyLinesBetweenRequestsAreNoHead(_ earlier: String) throws {
        for pieces in [
            [earlier + "\r\n"], [earlier, "\r\n"], [earlier, "\r", "\n"],
            earlier.utf8.map { String(UnicodeScalar($0)) },
        ] {
            let connection = try TimedConnection()
            for piece in pieces { try connection.send(piece) }
            try connection.answer()
            try connection.send("\r\n")
            #expect(try connection.answered().hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(connection.closes(after: 75))
            #expect(try connection.answered() == "")
        }
    }

    @Test func aBodyThatTricklesInIsBrokenOffAnsweredAndTheConnectionClosed() throws {
        let connection = try TimedConnection()
        try connection.send(RequestTimeTests.head)
        try connection.trickle(29)
        #expect(connection.problem() == nil && connection.isOpen)
        try connection.trickle(1)
        #expect(connection.problem() == "request_timeout" && connection.isOpen)
        try connection.answer(.requestTimeout)
        #expect(try connection.answered().hasPrefix("HTTP/1.1 408 Request Timeout\r\n") && !connection.isOpen)
    }

    @Test func aBodyThatNobodyWaitsForIsNotAwaitedForLonger() throws {
        let connection = try TimedConnection()
        try connection.send(RequestTimeTests.head)
        try connection.answer(.payloadTooLarge)
        try connection.trickle(29)
        #expect(connection.isOpen)
        try connection.trickle(1)
        #expect(connection.problem() == nil && !connection.isOpen)
    }

    @Test func aRequestThatWasBrokenOffAndIsNotAnsweredIsGivenUp() throws {
        let connection = try TimedConnection()
        try connection.send(RequestTimeTests.head)
        connection.wait(39)
        #expect(connection.problem() == "request_timeout" && connection.isOpen)
        connection.wait(1)
        #expect(!connection.isOpen)
    }

    @Test func timeBetweenRequestsAndForAnsweringThemIsNotTheirs() throws {
        let connection = try TimedConnection()
        for _ in 0..<2 {
            try connection.send(RequestTimeTests.whole)
            connection.wait(80)
            try connection.answer()
            connection.wait(60)
            #expect(try connection.answered().hasPrefix("HTTP/1.1 200 OK\r\n") && connection.isOpen)
        }
    }

    @Test func aConnectionThatAsksNothingIsClosed() throws {
        let connection = try TimedConnection()
        connection.wait(74)
        try connection.send(RequestTimeTests.whole)
        try connection.answer()
        #expect(connection.closes(after: 75))
    }

    @Test func aConnectionThatWasAnsweredEarlyIsClosedToo() throws {
        let connection = try TimedConnection()
        try connection.send(RequestTimeTests.head)
        try connection.answer(.payloadTooLarge)
        try connection.send(String(repeating: "x", count: 1000))
        #expect(connection.closes(after: 75))
    }

    @Test func aBodyThatWaitsBehindAnEarlierRequestHasItsOwnTime() throws {
        let connection = try TimedConnection()
        try connection.send(RequestTimeTests.whole + RequestTimeTests.head)
        connection.wait(29)
        try connection.answer()
        connection.wait(29)
        try connection.send(String(repeating: "x", count: 1000))
        connection.wait(29)
        #expect(connection.problem() == nil && connection.isOpen)
    }

    @Test func aBodyThatProvesWrongAfterItsAnswerBringsNoSecondOne() throws {
        let connection = try TimedConnection()
        try connection.send(RequestTimeTests.chunked)
        try connection.answer()
        #expect(try connection.answered().hasPrefix("HTTP/1.1 200 OK\r\n"))
        try connection.send("nonsense\r\n\r\n")
        #expect(connection.problem() == nil && !connection.isOpen)
    }
}

struct DeadlineTests {
    private final class Owner {}

    @Test func whoEndsTakesBackWhatIsDueAtTheSameMoment() {
        let loop = EmbeddedEventLoop()
        let (deadlines, owners) = (Deadlines(loop), [Owner(), Owner()])
        var ended = 0
        for (owner, other) in zip(owners, owners.reversed()) {
            deadlines.set(.seconds(1), for: owner) {
                ended += 1
                deadlines.takeBack(for: other)
            }
        }
        loop.advanceTime(by: .seconds(10))
        #expect(ended == 1)
    }
}
