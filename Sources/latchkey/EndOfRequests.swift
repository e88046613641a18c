import ServiceLifecycle

/// Hears when no request is under way any more: the service that is told to end right after the HTTP server has, or
/// when its requests have been cut off.
struct EndOfRequests: Service {
    private let end = AsyncStream.makeStream(of: Void.self)

    func run() async throws {
        try? await gracefulShutdown()
        declare()
    }

    func declare() {
        end.continuation.finish()
    }

    /// Returns at the end. For one who waits.
    func wait() async {
        for await _ in end.stream {}
    }
}
