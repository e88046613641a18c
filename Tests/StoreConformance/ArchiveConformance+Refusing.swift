import KeyCore
import Testing

extension ArchiveConformance {
    static let refusing = [
        ArchiveGuarantee("a database with an unfinished copy is neither served nor copied") { from, to in
            try ArchivedRows.write(to: try from.target())
            try Unfinished.leave(in: to, from: from)
            for error in [
                await openError { try await to.withStore { _ in } }, await openError { _ = try to.source() },
            ] {
                #expect(error?.contains("unfinished copy") == true, "\(error ?? "opened")")
            }
        },

        ArchiveGuarantee("a target with rows is refused and left as it is") { _, to in
            try await to.withStore { store in _ = try await store.settled() }
            let before = try to.source().checksums()
            let error = await openError { _ = try to.target() }
            #expect(error?.contains("not empty: the table companies") == true, "\(error ?? "opened")")
            #expect(try to.source().checksums() == before)
            try await to.withStore { _ in }
        },

        ArchiveGuarantee("a database that was made and never used is empty") { from, to in
            try ArchivedRows.write(to: try from.target())
            try await to.withStore { _ in }
            try ArchivedRows.copy(from, to)
            #expect(try from.source().checksums() == to.source().checksums())
        },

        ArchiveGuarantee("an empty database is copied too") { from, to in
            try await from.withStore { _ in }
            try ArchivedRows.copy(from, to)
            #expect(try from.source().checksums() == to.source().checksums())
            try await to.withStore { store in _ = try await store.settled() }
        },
    ]
}

private enum Unfinished {
    static func leave(in to: any ArchivedDatabase, from: any ArchivedDatabase) throws {
        let copy = ArchiveCopy(from: try from.source(), to: try to.target(), batch: 2)
        _ = try copy.copy(restart: false) { _ in }
    }
}

/// The line for the person who opens a database, where it is refused.
private func openError(_ body: () async throws -> Void) async -> String? {
    do {
        try await body()
        return nil
    } catch {
        return "\(error)"
    }
}
