import NIOCore
import Synchronization

/// One of something for each event loop, made when it is first asked for; it never leaves its loop.
package final class PerLoop<Value>: Sendable {
    private let values = Mutex<[ObjectIdentifier: NIOLoopBound<Value>]>([:])

    package init() {}

    /// On that loop.
    package func value(on loop: any EventLoop, _ make: () -> Value) -> Value {
        values.withLock { values in
            if let known = values[ObjectIdentifier(loop)] { return known }
            let new = NIOLoopBound(make(), eventLoop: loop)
            values[ObjectIdentifier(loop)] = new
            return new
        }.value
    }
}
