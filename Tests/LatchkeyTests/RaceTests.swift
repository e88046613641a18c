import Foundation
import Gateway
import Hummingbird
import KeyCore
import Logging
import Synchronization
import Testing

@testable import latchkey

/// What verifying reads is changed under its hands. By itself that says little; `Scripts/run-thread-sanitizer` asks for
/// many more answers, and fails where two threads touch the same thing at once.
@Suite struct RaceTests {
    private static let answers =
        ProcessInfo.processInfo.environment["LATCHKEY_RACE_ANSWERS"].flatMap(Int.init) ?? 4_000
    private static let leastRounds = 20
    private static let clients = 4

    @Test func keysOwnersRolesAndTheClockChangeWhileSeveralThreadsVerifyBothWays() async throws {
        let node = try await TestNode()
        defer { try? FileManager.default.removeItem(atPath: (node.path as NSString).deletingLastPathComponent) }
        let (server, port) = try await RaceTests.serve(node.node)
        let changes = try await KeyChanges(of: node)
        let tally = AnswerTally()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<RaceTests.clients {
                group.addTask {
                    await onThread { RaceTests.verify(changes, from: number, at: port, tally) }
                }
            }
            group.addTask {
                defer { tally.end() }
                var round = 0
                while round < RaceTests.leastRounds || tally.count < RaceTests.answers {
                    try await changes.make(round)
                    round += 1
                }
            }
            try await group.waitForAll()
        }
        #expect(tally.unanswered == 0)
        #expect(tally.statuses == [200, 401, 403])
        server.cancel()
        _ = await server.result
        try node.store.close()
    }

    /// - Returns: the service, which ends when it is cancelled, and where it listens.
    private static func serve(_ node: Node) async throws -> (server: Task<Void, any Error>, port: Int) {
        let (ports, started) = AsyncStream.makeStream(of: Int.self)
        let settings = try Settings(SettingSource(flags: [.port: "0"], environment: [:]))
        let services = try node.services(settings: settings, end: EndOfRequests(), logger: Logger(label: "test")) {
            started.yield($0)
        }
        let server = Task {
            // Where it cannot start, nobody is to wait for its port.
            defer { started.finish() }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for service in services { group.addTask { try await service.run() } }
                // The first that fails ends the others.
                while try await group.next() != nil {}
            }
        }
        return (server, try #require(await ports.first { _ in true }))
    }

    private static func verify(_ changes: KeyChanges, from first: Int, at port: Int, _ tally: AnswerTally) {
        var number = first
        while !tally.isOver {
            // One connection in four is the ordinary pipeline's, and asks it for what it counts besides.
            let opening = number % 4 == 0 ? ["GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n"] : []
            let requests = opening + changes.requests(number)
            tally.note(statuses(of: requests, at: port).dropFirst(opening.count), of: requests.count - opening.count)
            number += 1
        }
    }

    /// Sends all of the requests at once, on a connection of its own.
    private static func statuses(of requests: [String], at port: Int) -> [Int] {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let isConnected = withUnsafeBytes(of: &address) { bytes in
            connect(
                descriptor, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t(bytes.count)) == 0
        }
        let bytes = Array(requests.joined().utf8)
        guard isConnected, send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
            return []
        }
        shutdown(descriptor, Int32(SHUT_WR))
        var (answered, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
        while case let count = recv(descriptor, &buffer, buffer.count, 0), count > 0 { answered += buffer[..<count] }
        return String(decoding: answered, as: UTF8.self).components(separatedBy: "HTTP/1.1 ").dropFirst().map {
            Int($0.prefix(3)) ?? 0
        }
    }
}

/// What was answered so far.
private final class AnswerTally: Sendable {
    private struct Seen {
        var count = 0
        var unanswered = 0
        var statuses: Set<Int> = []
        var isOver = false
    }

    private let seen = Mutex(Seen())

    var count: Int { seen.withLock(\.count) }
    var unanswered: Int { seen.withLock(\.unanswered) }
    var statuses: Set<Int> { seen.withLock(\.statuses) }
    var isOver: Bool { seen.withLock(\.isOver) }

    func note(_ statuses: some Collection<Int>, of requests: Int) {
        seen.withLock {
            $0.count += statuses.count
            $0.unanswered += requests - statuses.count
            $0.statuses.formUnion(statuses)
        }
    }

    func end() { seen.withLock { $0.isOver = true } }
}

/// Two people, one of whose role comes and goes, and the keys that they make and delete while time passes.
private struct KeyChanges: Sendable {
    private static let asked = 50
    /// The latest keys, deleted and expired ones among them.
    private static let remembered = 16

    private let node: TestNode
    private let role: ID<Role>
    private let boris: ID<User>
    private let keys = LatestKeys()

    private final class LatestKeys: Sendable {
        let keys = Mutex<[CreatedKey]>([])
    }

    init(of node: TestNode) async throws {
        let registry = node.node.registry
        let form = RegistrationForm(
            name: "Irina", email: "irina@example.com", password: "a quiet garden", company: "Acme", timeZone: "UTC",
            language: .english)
        _ = try await registry.addAccount(form, on: Occasion(at: node.clock.now, address: "test"))
        self.node = node
        let irina = try await KeyChanges.caller("irina@example.com", node)
        role = try await registry.addRole(
            RoleForm(name: "Rounds", permissions: node.node.registry.platform.allPermissions), by: irina
        ).id
        let person = PersonForm(
            name: "Boris", email: "boris@example.com", password: "a quiet garden", role: role)
        boris = try await registry.addPerson(person, by: irina).user.id
        try await make(0)
    }

    private static func caller(_ email: String, _ node: TestNode) async throws -> Caller {
        try await node.node.registry.commandLine(for: email, on: Occasion(at: node.clock.now, address: "test"))
    }

    func make(_ round: Int) async throws {
        let registry = node.node.registry
        let all = registry.platform.allPermissions
        let irina = try await KeyChanges.caller("irina@example.com", node)
        _ = try await registry.changePerson(boris, PersonChange(name: "Boris \(round)", isBlocked: false), by: irina)
        _ = try await registry.changeRole(role, RoleForm(permissions: all), by: irina)
        let owner = round % 2 == 0 ? irina : try await KeyChanges.caller("boris@example.com", node)
        let today = Day(node.clock.now, in: .gmt)
        let subset = round % 3 == 0 ? PermissionSet([registry.platform.right(.users, .read)]) : nil
        let key = try await registry.createKey(
            KeyForm(name: "Key \(ID<Key>.random())", expiresOn: today, permissions: subset), by: owner)
        let old = keys.keys.withLock { keys in
            keys.append(key)
            if keys.count > KeyChanges.remembered { keys.removeFirst() }
            return keys[keys.count / 2].key
        }
        if old.owner == owner.account.user.id { _ = try await registry.deleteKeys(.some([old.id]), by: owner) }
        if round % 3 == 1 {
            _ = try await registry.changeRole(role, RoleForm(permissions: PermissionSet()), by: irina)
        }
        if round % 4 == 3 { _ = try await registry.changePerson(boris, PersonChange(isBlocked: true), by: irina) }
        node.clock.advance(by: .seconds(2 * 3600))
        // Everything anew, as after very many changes.
        if round % 8 == 7 { try await node.node.follower.load() }
    }

    /// - Parameter number: of the connection on which they will be sent.
    func requests(_ number: Int) -> [String] {
        let paths = ["/v1/verify", "/v1/verify?permission=devices:read", "/v1/authorize/api/devices/7"]
        let secrets = keys.keys.withLock { $0.map(\.secret.revealed) }
        return (0..<KeyChanges.asked).map { place in
            let key = secrets[(number + place) % secrets.count]
            return "GET \(paths[place % paths.count]) HTTP/1.1\r\nHost: a\r\nX-API-Key: \(key)\r\n\r\n"
        }
    }
}

/// On a thread that may block: those that run tasks are few.
private func onThread(_ body: @escaping @Sendable () -> Void) async {
    await withCheckedContinuation { continuation in
        Thread.detachNewThread {
            body()
            continuation.resume()
        }
    }
}
