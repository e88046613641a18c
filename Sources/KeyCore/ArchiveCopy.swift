/// Copies a database into an empty one, table by table, and compares the two at the end.
///
/// Whenever it is stopped, another run goes on where this one committed last, as long as the source is the same; the
/// target stays marked until both hold the same rows.
package struct ArchiveCopy {
    private let source: any ArchiveReader
    private let target: any ArchiveTarget
    /// How many rows are read, and written in one transaction, at a time: few enough to hold in memory and to do
    /// again, enough that the commit is no cost.
    private let batch: Int

    package init(from source: any ArchiveReader, to target: any ArchiveTarget, batch: Int = Archive.batch) {
        self.source = source
        self.target = target
        self.batch = batch
    }

    /// Copies what is still to be copied.
    ///
    /// - Parameters:
    ///   - restart: whether what an unfinished copy has brought is thrown away first.
    ///   - report: is told of each batch.
    /// - Returns: how far it has come, which is what `finish` finishes.
    @discardableResult
    package func copy(restart: Bool, report: (CopyProgress) -> Void) throws(CopyError) -> CopyProgress {
        var progress = try begin(restart: restart)
        guard let first = ArchivedTable.all.firstIndex(where: { $0.name == progress.table }) else {
            throw .sourceChanged
        }
        report(progress)
        for table in ArchivedTable.all[first...] {
            try copy(table, &progress, report: report)
        }
        return progress
    }

    /// Takes the target's mark away: from now on it can be served.
    package func finish(_ progress: CopyProgress) throws(CopyError) {
        try writing { () throws(StoreError) in try target.finish(progress) }
    }

    private func copy(
        _ table: ArchivedTable, _ progress: inout CopyProgress, report: (CopyProgress) -> Void
    ) throws(CopyError) {
        var last = table.name == progress.table ? progress.last : nil
        while true {
            let rows = try reading { () throws(StoreError) in try source.rows(of: table, after: last, limit: batch) }
            guard let end = rows.last else { return }
            last = try reading { () throws(StoreError) in try end.key(of: table) }
            let (here, next) = (progress, progress.moved(by: rows.count, to: last, of: table))
            try writing { () throws(StoreError) in try target.append(rows, to: table, from: here, to: next) }
            progress = next
            report(progress)
            if rows.count < batch { return }
        }
    }

    private func begin(restart: Bool) throws(CopyError) -> CopyProgress {
        let fingerprint = try reading { () throws(StoreError) in try source.fingerprint() }
        let beginning = CopyProgress(fingerprint: fingerprint, table: ArchivedTable.all[0].name, last: nil, rows: 0)
        guard let unfinished = try writing({ () throws(StoreError) in try target.unfinished() }) else {
            try writing { () throws(StoreError) in try target.begin(beginning) }
            return beginning
        }
        if restart {
            try writing { () throws(StoreError) in try target.restart(beginning) }
            return beginning
        }
        guard unfinished.fingerprint == fingerprint else { throw .sourceChanged }
        return unfinished
    }

    private func reading<Value>(_ body: () throws(StoreError) -> Value) throws(CopyError) -> Value {
        do { return try body() } catch { throw .reading(error) }
    }

    private func writing<Value>(_ body: () throws(StoreError) -> Value) throws(CopyError) -> Value {
        do { return try body() } catch { throw .writing(error) }
    }
}

/// How far a copy has come, as the target keeps it.
package struct CopyProgress: Hashable, Sendable {
    /// Of the source, as it was when the copy began.
    package let fingerprint: String
    package let table: String
    /// The key of the last row that was copied; `nil` before the first of the table.
    package let last: ArchivedRow?
    /// How many rows were copied, of all tables together.
    package let rows: Int64

    package init(fingerprint: String, table: String, last: ArchivedRow?, rows: Int64) {
        self.fingerprint = fingerprint
        self.table = table
        self.last = last
        self.rows = rows
    }

    fileprivate func moved(by count: Int, to key: ArchivedRow?, of table: ArchivedTable) -> CopyProgress {
        CopyProgress(fingerprint: fingerprint, table: table.name, last: key, rows: rows + Int64(count))
    }
}

/// Why a copy stopped. What was copied is kept.
package enum CopyError: Error, Hashable, Sendable {
    /// The unfinished copy in the target was begun from another source, or from this one as it was before.
    case sourceChanged
    case reading(StoreError)
    case writing(StoreError)
}

extension CopyError: CustomStringConvertible {
    /// A sentence for the command line.
    package var description: String {
        switch self {
        case .sourceChanged:
            "The source is not what it was when the unfinished copy began. "
                + "With --restart the target is emptied of it, and the copy begins anew."
        case .reading(let error):
            "The source cannot be read: \(error). Run the same command again to go on."
        case .writing(let error):
            "The target cannot be written: \(error). Run the same command again to go on."
        }
    }
}
