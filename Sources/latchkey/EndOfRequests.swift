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

    /// Returns at the end, or at once where it has come already; all who wait hear it.
    func wait() async {
        for await _ in end.stream {}
    }
}
