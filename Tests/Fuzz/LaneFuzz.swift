import CLibFuzzer
import Synchronization

/// Whatever bytes a client sends, in whatever pieces: the fast lane and the ordinary pipeline answer alike, byte for
/// byte but the date, in the same order and number, and note the same uses and refusals (`Scripts/run-fuzz`).
///
/// libFuzzer chooses the bytes, by what they reach in KeyCore, Web and Gateway. Both ways are the product's own, with
/// real sockets of NIO and Hummingbird's application behind them: a model of the ordinary pipeline could err where
/// the lane does.
@main
enum LaneFuzz {
    private static let ways = Mutex<(fast: Way, ordinary: Way)?>(nil)

    static func main() async throws {
        let (fast, ordinary) = (try await Way(.fastLane), try await Way(.ordinary))
        ways.withLock { $0 = (fast, ordinary) }
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        // Never returns: libFuzzer ends the process.
        _ = LLVMFuzzerRunDriver(&count, &arguments) { bytes, count in
            LaneFuzz.compare(ClientStream(UnsafeBufferPointer(start: bytes, count: count)))
            return 0
        }
    }

    private static func compare(_ stream: ClientStream) {
        guard let (fast, ordinary) = ways.withLock(\.self) else { return }
        // Both at once: each has an index of its own, with the same content.
        let (first, second) = (fast.begin(stream), ordinary.begin(stream))
        let (ofLane, ofOrdinary) = (fast.end(first), ordinary.end(second))
        guard ofLane != ofOrdinary else { return }
        fatalError("The two ways differ.\n\(stream)\n\nThe lane: \(ofLane)\n\nThe ordinary: \(ofOrdinary)\n")
    }
}
