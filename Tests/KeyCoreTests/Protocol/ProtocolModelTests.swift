import Foundation
import Testing

struct ProtocolModelTests {
    @Test func tryout() {
        let start = Date()
        let exploration = Exploration(of: ProtocolModel(ProtocolModel.Bounds()))
        print(exploration.count, exploration.violation ?? [], Date().timeIntervalSince(start), MemoryLayout<ProtocolState>.size)
    }

    @Test(arguments: ProtocolModel.Point.allCases)
    func without(_ point: ProtocolModel.Point) {
        let start = Date()
        var bounds = ProtocolModel.Bounds()
        bounds.failovers = point == .renewalIsDurable ? 1 : 0
        let exploration = Exploration(of: ProtocolModel(bounds, without: point))
        print("\n", point, exploration.count, exploration.violation?.count as Any, Date().timeIntervalSince(start))
        print(exploration.violation?.joined(separator: "\n") ?? "")
    }
}
