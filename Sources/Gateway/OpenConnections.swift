import Synchronization

/// How many connections clients have open, for `/metrics`.
package final class OpenConnections: Sendable {
    private let count = Atomic<Int>(0)

    package init() {}

    package var number: Int { count.load(ordering: .relaxed) }

    package func noteBegin() { count.add(1, ordering: .relaxed) }
    package func noteEnd() { count.subtract(1, ordering: .relaxed) }
}
