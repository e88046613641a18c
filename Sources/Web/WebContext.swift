import HTTPTypes
import Hummingbird
import KeyCore
import NIOCore

/// What travels with each request besides the request itself.
package struct WebContext: RequestContext, RemoteAddressRequestContext {
    package var coreContext: CoreRequestContextStorage
    package let remoteAddress: SocketAddress?
    /// Whose request a trusted proxy says it is.
    var forwardedAddress: String?

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        remoteAddress = source.channel.remoteAddress
    }

    /// The moment and the origin of a request, for the audit log, the log-in throttle and the list of sessions.
    package func occasion(of request: Request, at now: Timestamp) -> Occasion {
        Occasion(at: now, address: clientAddress, agent: request.headers[.userAgent])
    }

    /// Who asks, as far as that is known.
    package var clientAddress: String { forwardedAddress ?? remoteAddress?.ipAddress ?? "unknown" }
}

/// The largest body that a request may have; a form or a key's description is far below it. Only forms that hold a whole
/// text may be larger.
package let maximumBodySize = 64 * 1024

extension Request {
    /// The whole body.
    ///
    /// - Throws: a 413 `Problem` past the limit, before more than that is read; a 400 one when it ends early.
    package func boundedBody(upTo limit: Int = maximumBodySize) async throws -> [UInt8] {
        if let text = headers[.contentLength], let length = Int(text), length > limit {
            throw Problem.bodyTooLarge
        }
        var bytes: [UInt8] = []
        do {
            for try await buffer in body {
                guard bytes.count + buffer.readableBytes <= limit else { throw Problem.bodyTooLarge }
                bytes.append(contentsOf: buffer.readableBytesView)
            }
        } catch let problem as Problem {
            throw problem
        } catch {
            // The client hung up, or took longer than a stopping server could wait: no fault of ours.
            throw Problem.bodyIncomplete
        }
        return bytes
    }
}
