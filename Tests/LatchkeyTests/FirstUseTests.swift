import KeyCore
import Testing

@testable import API
@testable import latchkey

/// Places among those who wait for the first use of a key.
struct FirstUseTests {
    @Test func nodeGivesSoManyPlacesAndThoseAnewThatAreLeft() async throws {
        try await TestNode.run { node, _ in
            let watch = node.node.firstUses
            var seats: [FirstUseWatch.Seat] = []
            for _ in 0..<FirstUseWatch.seats { seats.append(try watch.seat(for: .random(), awaiting: .random())) }
            #expect(refusal(watch)?.code == .rateLimited)
            seats.removeLast()
            #expect(refusal(watch) == nil)
            seats.removeAll()
        }
    }

    /// Why one more is refused a place; it is left at once where it is given.
    private func refusal(_ watch: FirstUseWatch) -> Refusal? {
        do throws(Refusal) {
            _ = try watch.seat(for: .random(), awaiting: .random())
            return nil
        } catch {
            return error
        }
    }
}
