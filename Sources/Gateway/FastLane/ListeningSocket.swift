import CLinux
import Foundation
import NIOCore

/// A TCP socket that takes connections, and never blocks.
package struct ListeningSocket: Sendable {
    /// Connections that wait to be taken: a burst of that many is not refused. The kernel's `somaxconn` bounds it.
    static let backlog: CInt = 4096

    let descriptor: CInt
    /// Where it listens, with the port that the kernel chose when none was asked for.
    package let port: Int

    /// - Parameter host: a name or an address of this machine.
    /// - Throws: `IOError` or `SocketAddressError` when the address cannot be had.
    package init(host: String, port: Int) throws {
        let address = try SocketAddress.makeAddressResolvingHost(host, port: port)
        let family: CInt = address.protocol == .inet6 ? AF_INET6 : AF_INET
        let flags = SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
        let descriptor = try ListeningSocket.checked("socket") { socket(family, CInt(flags), 0) }
        do {
            // A restarted service does not wait until the kernel has forgotten its last connections.
            var yes: CInt = 1
            _ = try ListeningSocket.checked("setsockopt") {
                setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<CInt>.size))
            }
            _ = try ListeningSocket.checked("bind") {
                address.withSockAddr { bind(descriptor, $0, socklen_t($1)) }
            }
            _ = try ListeningSocket.checked("listen") { listen(descriptor, ListeningSocket.backlog) }
            self.port = try ListeningSocket.port(of: descriptor)
        } catch {
            Foundation.close(descriptor)
            throw error
        }
        self.descriptor = descriptor
    }

    /// The next connection that waits to be taken; `nil` when there is none, with the reason in `errno`.
    func next() -> AcceptedSocket? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let descriptor = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                accept4(self.descriptor, address, &length, CInt(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue))
            }
        }
        guard descriptor >= 0 else { return nil }
        // Answers are whole when they are written: nothing is gained by waiting for more.
        var yes: CInt = 1
        setsockopt(descriptor, CInt(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<CInt>.size))
        return AcceptedSocket(descriptor: descriptor, peer: ListeningSocket.host(of: &storage, length))
    }

    private static func host(of storage: inout sockaddr_storage, _ length: socklen_t) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(NI_MAXHOST)) { host in
            let status = withUnsafePointer(to: &storage) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    getnameinfo($0, length, host.baseAddress, socklen_t(host.count), nil, 0, NI_NUMERICHOST)
                }
            }
            guard status == 0 else { return nil }
            // Without the interface of a link-local address, as proxies are named in the settings.
            return String(cString: host.baseAddress!).split(separator: "%").first.map(String.init)
        }
    }

    private static func port(of descriptor: CInt) throws -> Int {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        _ = try checked("getsockname") {
            withUnsafeMutablePointer(to: &storage) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
            }
        }
        // The port stands at the same place in both families (RFC 3493, section 3.3).
        return withUnsafeBytes(of: storage) { Int($0.loadUnaligned(fromByteOffset: 2, as: UInt16.self).bigEndian) }
    }

    private static func checked(_ name: String, _ call: () -> CInt) throws -> CInt {
        let result = call()
        guard result >= 0 else { throw IOError(errnoCode: errno, reason: name) }
        return result
    }
}

/// A connection that was taken.
struct AcceptedSocket: Sendable {
    let descriptor: CInt
    /// The address at its other end.
    let peer: String?
}
