import NIOCore
import NIOHTTP1

/// Reads the heads of requests where the parser and Hummingbird are lenient, as RFC 9112 does: what two servers could
/// understand in two ways is refused, and after the last request of a connection nothing more is heard on it.
///
/// Hummingbird takes for the last request only one that says exactly `Connection: close`, and the parser stops for ever
/// where an upgrade is offered (as some clients do with each request), so that the next request would never be
/// answered. So whatever is the last is told to Hummingbird in its words, and to the client in the answer.
final class StrictHeads: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// Whether nothing more is heard.
    private var isOver = false
    /// Whether the youngest of the unanswered requests is the last.
    private var hasLast = false
    private var unanswered = 0

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOver else { return }
        switch unwrapInboundIn(data) {
        case .head(let head): read(head, context)
        case .body: context.fireChannelRead(data)
        case .end:
            isOver = hasLast
            context.fireChannelRead(data)
        }
    }

    private func read(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        guard head.isClear else {
            isOver = true
            return context.fireErrorCaught(HTTPParserError.invalidHeaderToken)
        }
        unanswered += 1
        guard head.isLast else { return context.fireChannelRead(wrapInboundOut(.head(head))) }
        hasLast = true
        var head = head
        head.headers.replaceOrAdd(name: "Connection", value: "close")
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    /// What is wrong with bytes behind the end is of no interest.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if !isOver { context.fireErrorCaught(error) }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head) where hasLast && unanswered == 1 && head.status.code >= 200:
            head.headers.replaceOrAdd(name: "Connection", value: "close")
            return context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end: unanswered -= 1
        default: break
        }
        context.write(data, promise: promise)
    }
}

extension HTTPRequestHead {
    /// Whether all servers understand it alike: one host (RFC 9112, section 3.2), and a body, if any, either of a
    /// length or in chunks and nothing else (section 6.1).
    fileprivate var isClear: Bool {
        let hosts = headers["Host"].count
        guard hosts == 1 || hosts == 0 && version == .http1_0 else { return false }
        let codings = headers["Transfer-Encoding"]
        return codings.isEmpty || version == .http1_1 && codings.count == 1 && codings[0].lowercased() == "chunked"
    }

    /// Whether none can come after it (RFC 9112, section 9.6): it says so, or something else than HTTP/1.1 might.
    fileprivate var isLast: Bool { !isKeepAlive || method == .CONNECT || headers.contains(name: "Upgrade") }
}
