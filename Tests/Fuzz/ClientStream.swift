import Gateway

/// What a client sends, in the pieces in which it does, and what the node knows meanwhile; read from the fuzzer's
/// bytes so that a request stands in a file of the corpus as it is sent.
struct ClientStream {
    /// Bytes that are in no request for the lane, and in UTF-8 not at all.
    private enum Mark {
        /// Ends a piece.
        static let cut: UInt8 = 0xFE
        /// At the beginning: the node is so current.
        static let behind: UInt8 = 0xFD
        static let notCurrent: UInt8 = 0xFC
        static let stale: UInt8 = 0xFB
    }

    /// Each is a read of its own. So many wait in a socket without anybody reading.
    private static let maximumPieces = 32

    let knowledge: NodeKnowledge
    let pieces: [[UInt8]]

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        let knowledges: [UInt8: NodeKnowledge] = [
            Mark.behind: .behind, Mark.notCurrent: .notCurrent, Mark.stale: .stale,
        ]
        let marked = bytes.first.flatMap { knowledges[$0] }
        knowledge = marked ?? .current
        pieces = bytes.dropFirst(marked == nil ? 0 : 1)
            .split(separator: Mark.cut, maxSplits: ClientStream.maximumPieces - 1).map(Array.init)
    }
}

extension ClientStream: CustomStringConvertible {
    var description: String {
        let shown = pieces.map { String(decoding: $0, as: UTF8.self).debugDescription }
        return "A node that is \(knowledge) reads:\n" + shown.joined(separator: "\n")
    }
}
