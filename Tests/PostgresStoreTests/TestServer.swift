import Foundation
import KeyCore
import Synchronization

@testable import PostgresStore

/// A PostgreSQL that one test may stop, kill and start again. It asks for a password.
final class TestServer: Sendable {
    /// What a URL and a message must not be confused about.
    static let password = "hunter2-correct"

    let port: Int
    let folder: String
    private let programs: String
    private let process = Mutex<Process?>(nil)

    var url: String { url(password: TestServer.password) }

    func url(password: String) -> String {
        "postgres://postgres:\(password)@127.0.0.1:\(port)/postgres"
    }

    fileprivate init(folder: String) throws {
        _ = try testServer()
        programs = ProcessInfo.processInfo.environment["LATCHKEY_TEST_POSTGRES_PROGRAMS"] ?? ""
        self.folder = folder
        port = try freePort()
        if geteuid() == 0 { try TestServer.run(["chown", "postgres:", folder]) }
        try Data((TestServer.password + "\n").utf8).write(to: URL(fileURLWithPath: folder + "/password"))
        if geteuid() == 0 { try TestServer.run(["chown", "postgres:", folder + "/password"]) }
        try TestServer.run(
            asPostgres + [
                programs + "/initdb", "--pgdata=\(folder)/data", "--username=postgres", "--auth=scram-sha-256",
                "--pwfile=\(folder)/password", "--encoding=UTF8", "--locale=C", "--no-sync",
            ])
    }

    /// PostgreSQL does not run as root.
    private var asPostgres: [String] {
        geteuid() == 0 ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] : []
    }

    /// - Parameter settings: as in postgresql.conf, such as `ssl=on`.
    func start(_ settings: [String] = []) throws {
        let fixed = ["listen_addresses=127.0.0.1", "port=\(port)", "unix_socket_directories=" + folder, "fsync=off"]
        let started = try TestServer.start(
            asPostgres + [programs + "/postgres", "-D", folder + "/data"] + (fixed + settings).flatMap { ["-c", $0] })
        process.withLock { $0 = started }
        // What is to be a standby starts too.
        let address = try Address(url: url + "?target_session_attrs=any", isOnlyRead: true)
        let end = ContinuousClock.now + .seconds(60)
        while (try? Server(address: address, warn: { _ in }).connect(patience: .seconds(5))) == nil {
            guard started.isRunning, ContinuousClock.now < end else { throw TestFailure("PostgreSQL does not start.") }
            usleep(20_000)
        }
    }

    /// Makes a certificate for 127.0.0.1 that stands for itself, as a file of the server's.
    func makeCertificate(_ name: String) throws {
        let (key, certificate) = ("\(folder)/\(name).key", "\(folder)/\(name).crt")
        try TestServer.run([
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1",
            "-subj", "/CN=\(name)", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate,
        ])
        if geteuid() == 0 { try TestServer.run(["chown", "postgres:", key, certificate]) }
    }

    /// Ends every process of the server at once, as losing the machine would: it recovers from its log when it starts.
    func crash() {
        let running = process.withLock { process in
            defer { process = nil }
            return process
        }
        guard let running, running.isRunning else { return }
        kill(running.processIdentifier, SIGQUIT)
        running.waitUntilExit()
    }

    private static func start(_ command: [String]) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    private static func run(_ command: [String]) throws {
        let process = try start(command)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw TestFailure("\(command[0]) has failed.") }
    }
}

/// A port that nobody listens on.
func freePort() throws -> Int {
    let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(file) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
            bind(file, pointer, length) == 0 && getsockname(file, pointer, &length) == 0
        }
    }
    guard isBound else { throw TestFailure("There is no free port.") }
    return Int(UInt16(bigEndian: address.sin_port))
}

func withServer<Value>(
    _ settings: [String] = [], _ body: (TestServer) async throws -> Value
) async throws -> Value {
    let folder = "/tmp/latchkey-postgres.\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let server = try await blocking { try TestServer(folder: folder) }
    defer { server.crash() }
    try await blocking { try server.start(settings) }
    return try await body(server)
}
