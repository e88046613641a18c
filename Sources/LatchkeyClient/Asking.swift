import AsyncHTTPClient
import Foundation
import NIOCore

extension HTTPClient {
    /// Sends the request and reads the answer to its end.
    ///
    /// - Throws: `LatchkeyError` for an answer that is too long; the library's own errors for all else.
    func wholeAnswer(to request: HTTPClientRequest) async throws -> VerifyAnswer {
        let response = try await head(of: request)
        let status = Int(response.status.code)
        do {
            let body = try await response.body.collect(upTo: LatchkeyClient.maximumAnswer)
            return VerifyAnswer(
                status: status, retryAfter: response.headers.first(name: "Retry-After"), body: body)
        } catch is NIOTooManyBytesError {
            throw LatchkeyError.unexpectedAnswer(status: status)
        }
    }

    /// Asks a second time, and no third, when the connection died before an answer began: the other side may close a
    /// kept connection at the very moment at which we use it. Asking twice is harmless (RFC 9110, section 9.2.2).
    private func head(of request: HTTPClientRequest) async throws -> HTTPClientResponse {
        do {
            return try await execute(request, deadline: .distantFuture)
        } catch let error where error.isLostConnection {
            return try await execute(request, deadline: .distantFuture)
        }
    }
}

extension Error {
    fileprivate var isLostConnection: Bool {
        switch self {
        case let error as HTTPClientError: error == .remoteConnectionClosed
        case let error as ChannelError: error == .ioOnClosedChannel
        case let error as IOError: [ECONNRESET, EPIPE].contains(error.errnoCode)
        default: false
        }
    }
}

/// Does the work, and gives it up when the time is over.
///
/// The whole of it is bounded, and not each of its waits: an answer that comes byte by byte is none.
/// - Throws: `TimeLimit` when the time is over; else what the work throws.
func within<Value: Sendable>(
    _ limit: Duration, _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
        defer { group.cancelAll() }
        group.addTask { try await work() }
        group.addTask {
            try await Task.sleep(for: limit)
            throw TimeLimit(limit: limit)
        }
        guard let first = try await group.next() else { throw CancellationError() }
        return first
    }
}

struct TimeLimit: Error {
    let limit: Duration
}

extension LatchkeyError {
    /// What kept an answer from coming, without anything of the request.
    init(obstacle: any Error) {
        self =
            switch obstacle {
            case let error as LatchkeyError: error
            case let error as TimeLimit: .unreachable(reason: "no answer within \(error.limit)")
            case is CancellationError: .unreachable(reason: "the task was cancelled")
            // Its full description may hold header values.
            case let error as HTTPClientError: .unreachable(reason: error.shortDescription)
            default: .unreachable(reason: String(describing: obstacle))
            }
    }
}
