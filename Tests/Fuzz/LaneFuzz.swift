import CLibFuzzer
import Synchronization

/// Whatever bytes a client sends, in whatever pieces: the fast lane and the ordinary pipeline answer alike, byte for
/// byte, in the same order and number, and note the same uses and refusals (`Scripts/run-fuzz`).
///
/// libFuzzer chooses the bytes, by what they reach in KeyCore, Web and Gateway. All ways are the product's own, with
/// real sockets, and NIO and Hummingbird behind them: a model of the ordinary pipeline could err where the lane does.
@main
enum LaneFuzz {
    private static let ways = Mutex<[Way]>([])

    static func main() throws {
        let all = try [Way(.loop), Way(.channel), Way(.ordinary)]
        ways.withLock { $0 = all }
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        // Never returns: libFuzzer ends the process.
        _ = LLVMFuzzerRunDriver(&count, &arguments) { bytes, count in
            LaneFuzz.compare(ClientStream(UnsafeBufferPointer(start: bytes, count: count)))
            return 0
        }
    }

    private static func compare(_ stream: ClientStream) {
        let ways = ways.withLock(\.self)
        // All at once: each has an index of its own, with the same content.
        let clients = ways.map { $0.begin(stream) }
        let outcomes = zip(ways, clients).map { ($0.kind, $0.end($1)) }
        guard Set(outcomes.map(\.1)).count > 1 else { return }
        let told = outcomes.map { "\n\nBy way of \($0):\n\($1)" }.joined()
        fatalError("The ways differ.\n\(stream)\(told)\n")
    }
}
