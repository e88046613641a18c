import Foundation
import Testing

/// What the model finds, in worlds small enough for every run. LATCHKEY_MODEL=large looks at larger ones too, and
/// prints the shortest way to each violation.
struct ProtocolModelTests {
    typealias Bounds = ProtocolModel.Bounds
    typealias Point = ProtocolModel.Point

    private static let isLarge = ProcessInfo.processInfo.environment["LATCHKEY_MODEL"] == "large"

    /// A bound, and how many states it has at least: a model that can hardly move proves nothing.
    struct World: CustomStringConvertible {
        let bounds: Bounds
        let states: Int

        var description: String {
            """
            nodes: \(bounds.nodes), deletes: \(bounds.deletes), lease: \(bounds.lease), \
            reaper: \(bounds.hasReaper), failovers: \(bounds.failovers), restarts: \(bounds.restarts)
            """
        }
    }

    private static let worlds = [
        World(bounds: Bounds(lease: 1, hasReaper: true, failovers: 0), states: 160_000),
        World(bounds: Bounds(lease: 2, hasReaper: false, failovers: 1), states: 250_000),
        World(bounds: Bounds(lease: 1, hasReaper: false, failovers: 1, restarts: true), states: 250_000),
        World(bounds: Bounds(lease: 1, nodes: 2, deletes: 1, hasReaper: false, failovers: 0), states: 250_000),
    ]

    private static let largeWorlds = [
        World(bounds: Bounds(lease: 2, hasReaper: true, failovers: 1), states: 1_000_000),
        World(bounds: Bounds(lease: 3, hasReaper: true, failovers: 1), states: 2_500_000),
        World(bounds: Bounds(lease: 1, hasReaper: true, failovers: 2, restarts: true), states: 1_000_000),
        World(bounds: Bounds(lease: 2, hasReaper: false, failovers: 1, restarts: true), states: 1_000_000),
        World(bounds: Bounds(lease: 1, nodes: 2, deletes: 1, hasReaper: true, failovers: 0), states: 2_000_000),
        World(bounds: Bounds(lease: 2, nodes: 2, deletes: 1, hasReaper: false, failovers: 0), states: 900_000),
    ]

    @Test(arguments: worlds + (isLarge ? largeWorlds : []))
    func noInterleavingAcceptsAKeyWhoseDeleteWasAnswered(_ world: World) {
        let exploration = Exploration(of: ProtocolModel(world.bounds))
        #expect(exploration.violation == nil, "\(exploration.story)")
        #expect(exploration.count >= world.states)
        if ProtocolModelTests.isLarge { print("\(world): \(exploration.count) states") }
    }

    @Test(arguments: Point.allCases.filter { !precautions.contains($0) })
    func modelNoticesEachPointOfTheProtocolThatIsLeftOut(_ point: Point) {
        let exploration = Exploration(of: ProtocolModel(ProtocolModelTests.smallestWorld(for: point), without: point))
        #expect(exploration.violation != nil, "The protocol is as safe without it: \(point.rawValue)")
        if ProtocolModelTests.isLarge {
            print("\(exploration.count) states until a violation without \(point.rawValue):\n\(exploration.story)\n")
        }
    }

    /// A row is removed only when its leases have run out, so there is nothing left to give up; the node does all the
    /// same. What is not needed is written down here, so that nobody takes it for a part of the argument.
    @Test(arguments: precautions)
    func precautionIsNotWhatTheProtocolRestsOn(_ point: Point) {
        let exploration = Exploration(of: ProtocolModel(Bounds(lease: 1, failovers: 0), without: point))
        #expect(exploration.violation == nil, "\(exploration.story)")
        #expect(exploration.count >= 160_000)
    }

    private static let precautions: Set<Point> = [.givesUpItsLeaseWhenItsRowIsGone]

    private static func smallestWorld(for point: Point) -> Bounds {
        switch point {
        case .renewalIsDurable: Bounds(lease: 1, hasReaper: false, failovers: 1)
        case .revisionsBearStamps, .counterShowsNoValueTwice:
            Bounds(lease: 1, hasReaper: false, failovers: 1, restarts: true)
        case .reaperWaitsAWholeLease: Bounds(lease: 1, hasReaper: true, failovers: 0)
        default: Bounds(lease: 1, hasReaper: false, failovers: 0)
        }
    }
}

extension Exploration {
    /// The shortest way to a violation, one step a line.
    fileprivate var story: String {
        (violation ?? []).enumerated().map { "  \($0.offset + 1). \($0.element)" }.joined(separator: "\n")
    }
}
