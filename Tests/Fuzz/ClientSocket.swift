import Glibc

/// The client's end of a connection.
///
/// Of a kind that keeps messages apart (SOCK_SEQPACKET): so each piece is a read of its own at the other end, and
/// nobody has to wait until the one before it was read.
struct ClientSocket: Sendable {
    private let descriptor: CInt

    static func pair() -> (client: ClientSocket, server: CInt) {
        var ends: (CInt, CInt) = (0, 0)
        let status = withUnsafeMutableBytes(of: &ends) { bytes in
            socketpair(
                AF_UNIX, CInt(SOCK_SEQPACKET.rawValue), 0, bytes.assumingMemoryBound(to: CInt.self).baseAddress)
        }
        guard status == 0, fcntl(ends.1, F_SETFL, O_NONBLOCK) == 0 else { fatalError("No socket: \(errno)") }
        return (ClientSocket(descriptor: ends.0), ends.1)
    }

    /// Sends all of it and says that there is no more. A server that closed before then has said why.
    func send(_ pieces: [[UInt8]]) {
        for piece in pieces {
            let sent = Glibc.send(descriptor, piece, piece.count, CInt(MSG_NOSIGNAL))
            guard sent == piece.count else { break }
        }
        shutdown(descriptor, CInt(SHUT_WR))
    }

    /// All that comes until the server closes the connection.
    func receive() -> [UInt8] {
        defer { close(descriptor) }
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
            // The server closed with something unread: told once, and before what it had sent.
            if count < 0, errno == ECONNRESET || errno == EINTR { continue }
            guard count > 0 else { return received }
            received += buffer[..<count]
        }
    }
}
