import Hummingbird
import KeyCore

/// An answer that also says how far its change had travelled when it was given.
struct Settled<Value: Encodable>: Encodable {
    struct Nodes: Encodable {
        /// Nodes that said that they have applied the change.
        let acknowledged: Int
        /// Nodes that did not, and say yes to nothing until they have.
        let fenced: Int
    }

    private let value: Value
    private let settlement: Settlement

    init(_ value: Value, _ settlement: Settlement) {
        self.value = value
        self.settlement = settlement
    }

    private enum Member: String, CodingKey {
        case nodes
        case waitedMilliseconds = "waited_ms"
    }

    func encode(to encoder: any Encoder) throws {
        try value.encode(to: encoder)
        var members = encoder.container(keyedBy: Member.self)
        try members.encode(
            Nodes(acknowledged: settlement.acknowledged, fenced: settlement.fenced), forKey: .nodes)
        let microseconds = settlement.waited / .microseconds(1)
        try members.encode(microseconds.rounded() / 1000, forKey: .waitedMilliseconds)
    }
}

extension Response {
    static func json(deletion: Deletion) -> Response {
        json(Settled(["deleted": deletion.deleted], deletion.settlement))
    }
}
