import Foundation
import KeyCore
import Synchronization
import Testing

@testable import SQLiteStore

/// Two stores on one file stand for two processes: they share nothing but what is on the disk.
struct SharingTests {
    @Test func changeByOneProcessIsSeenByTheOtherOnceTheWriteReturns() async throws {
        try await withDatabase { database in
            let (server, commandLine) = (try database.open(), try database.open(mode: .existing))
            for number in 1...50 {
                let before = server.changeMark
                let revision = try await commandLine.note()
                #expect(server.changeMark != before)
                let seen = try await server.read { transaction throws(StoreError) in try transaction.revision() }
                #expect(seen == revision)
                #expect(seen == Revision(number: Int64(number)))
            }
        }
    }

    @Test func writeThatVerifyingNeedNotKnowLeavesTheMarkAlone() async throws {
        try await withDatabase { database in
            let store = try database.open()
            let before = store.changeMark
            try await store.write { transaction throws(StoreError) in try transaction.deleteSession(Digest(of: [])) }
            #expect(store.changeMark == before)
        }
    }

    @Test func linkToTheFileLeadsToTheSameBell() async throws {
        try await withDatabase { database in
            let server = try database.open()
            let link = database.folder.appending(path: "link.sqlite").path
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: database.path)
            let commandLine = try SQLiteStore.open(path: link, platform: .smartPlayer, mode: .existing)
            let before = server.changeMark
            _ = try await commandLine.note()
            #expect(server.changeMark != before)
        }
    }

    @Test func openTransactionDoesNotOutliveItsStore() async throws {
        try await withDatabase { database in
            let store = try database.open()
            _ = try await store.note()
            _ = try store.schemaVersion()
            try store.close()
            await #expect(throws: StoreError.self) { try await store.note() }
            #expect(!FileManager.default.fileExists(atPath: database.path + "-wal"))
        }
    }
}

extension SQLiteStore {
    fileprivate func note() async throws -> Revision {
        try await write { transaction throws(StoreError) in try transaction.note([.key(.random())]) }
    }
}
