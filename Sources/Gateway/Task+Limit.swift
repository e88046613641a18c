extension Task where Failure == Never {
    /// What the task returns, if it does so within a time. It goes on otherwise.
    package func value(within limit: Duration) async -> Success? {
        let (firsts, first) = AsyncStream.makeStream(of: Success?.self)
        Task<Void, Never> { first.yield(await value) }
        let timer = Task<Void, any Error> {
            try await Task<Never, Never>.sleep(for: limit)
            first.yield(nil)
        }
        defer { timer.cancel() }
        for await value in firsts { return value }
        return nil
    }
}
