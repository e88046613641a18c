import CLibPQ
import Foundation
import KeyCore
import Synchronization
import Testing

@testable import PostgresStore

/// The way to the database, and what it says when it is not as it should be.
@Suite(.timeLimit(.minutes(5)))
struct ServerTests {
    @Test func ofSeveralHostsTheOneThatTakesWritesIsFound() async throws {
        try await withServer(["default_transaction_read_only=on"]) { standby in
            let primary = try Address(url: try testServer()).hosts[0]["port"] ?? ""
            let nobody = try freePort()
            let hosts = "127.0.0.1:\(nobody),127.0.0.1:\(standby.port),127.0.0.1:\(primary)"
            let address = try Address(url: "postgres://postgres:\(TestServer.password)@\(hosts)/postgres")
            let server = Server(address: address, warn: { _ in })
            for _ in 1...2 {
                let port = try server.connect(patience: .seconds(20)).run("SHOW port").rows[0][0] as String?
                #expect(port == primary)
            }
        }
    }

    @Test func readOnlyDatabaseIsRefusedInOneLine() async throws {
        try await withServer(["default_transaction_read_only=on"]) { standby in
            let error = #expect(throws: OpenError.self) {
                try PostgresStore.open(url: standby.url, platform: .smartPlayer)
            }
            #expect(error?.description.contains("read-only") == true)
            #expect(error?.description.contains("\n") == false)
        }
    }

    @Test func serverWhoseCertificateIsNotTheExpectedOneIsRefused() async throws {
        try await withServer { server in
            try await blocking {
                for name in ["right", "wrong"] { try server.makeCertificate(name) }
                server.crash()
                let certificate = [
                    "ssl_cert_file=\(server.folder)/right.crt", "ssl_key_file=\(server.folder)/right.key",
                ]
                try server.start(["ssl=on"] + certificate)
            }
            let url = { (name: String) in
                "\(server.url)?sslmode=verify-full&sslrootcert=\(server.folder)/\(name).crt"
            }
            let store = try PostgresStore.open(url: url("right"), platform: .smartPlayer)
            let encrypted = try await store.readers.transaction(.reading, platform: .smartPlayer) {
                transaction throws(StoreError) in
                try transaction.number("SELECT count(*) FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl")
            }
            #expect(encrypted == 1)
            store.close()
            let error = #expect(throws: OpenError.self) {
                try PostgresStore.open(url: url("wrong"), platform: .smartPlayer)
            }
            #expect(error?.description.contains("certificate verify failed") == true)
            #expect(error?.description.contains("\n") == false)
            #expect(error?.description.contains(TestServer.password) == false)
        }
    }

    /// Such a result has none of the fields that a server's has.
    @Test func whatLibpqFindsOutByItselfIsSaidInItsWords() throws {
        let handle = PQconnectdb("postgres://127.0.0.1:\(try freePort())/keys")
        defer { PQfinish(handle) }
        let result = try #require(PQmakeEmptyPGresult(handle, PGRES_FATAL_ERROR))
        defer { PQclear(result) }
        let failure = Failure(result)
        #expect(failure.message.contains("Connection refused"))
        #expect(!failure.message.contains("\n"))
    }

    @Test func connectionThatEndsWithoutAWordIsSaidToBeLostAndWhy() async throws {
        try await withServer { server in
            let connection = try Server(address: try Address(url: server.url), warn: { _ in })
                .connect(patience: .seconds(20))
            kill(pid_t(PQbackendPID(connection.handle)), SIGKILL)
            let error = #expect(throws: Failure.self) { try connection.run("SELECT pg_sleep(60)") }
            #expect(error?.kind == .lost)
            #expect(error?.message.contains("server closed the connection unexpectedly") == true, "\(error as Any)")
            #expect(error?.message.contains("\n") == false)
        }
    }

    /// PostgreSQL then says that the commit stands, with a warning that the standby may lack it. Whatever its default
    /// is, ours wait.
    @Test(arguments: ["on", "local", "off"])
    func commitThatDidNotWaitForTheStandbyIsNotTakenForDone(_ default: String) async throws {
        try await withServer { server in
            let store = try PostgresStore.open(url: server.url, platform: .smartPlayer)
            try await blocking {
                server.crash()
                try server.start(["synchronous_commit=\(`default`)", "synchronous_standby_names=nobody"])
            }
            let other = try Server(address: try Address(url: server.url), warn: { _ in })
                .connect(patience: .seconds(20))
            let hasEnded = Atomic(false)
            let write = Task {
                defer { hasEnded.store(true, ordering: .relaxed) }
                try await store.change()
            }
            let waiting: SQL = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
            while try other.run(waiting).count == 0, !hasEnded.load(ordering: .relaxed) {
                try await Task.sleep(for: .milliseconds(5))
            }
            _ = try other.run("SELECT pg_cancel_backend(pid) FROM (\(waiting)) AS waiting")
            let result = await write.result
            let error = #expect(throws: StoreError.self) { try result.get() }
            guard case .unavailable(let cause) = error else { throw TestFailure("\(String(describing: error))") }
            #expect(cause.contains("unknown"))
            store.close()
        }
    }
}
