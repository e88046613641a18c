import Foundation
import NIOCore

/// A connection that the fast lane gives away. Whoever takes it closes the socket.
package struct HandedOver: Sendable {
    package let socket: CInt
    /// Answers that the client has not taken yet: they come before all others.
    package let unsent: ByteBuffer
    /// What was read and is not answered.
    package let unread: ByteBuffer

    /// For whoever cannot take it.
    package func close() { Foundation.close(socket) }
}
