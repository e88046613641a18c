import Foundation
import GRDB
import KeyCore

/// How our values are written into SQL: as bound arguments, and in no other way.
extension SQLInterpolation {
    mutating func appendInterpolation<Subject>(_ id: ID<Subject>?) {
        appendInterpolation(id?.rawValue)
    }

    mutating func appendInterpolation(_ moment: Timestamp?) {
        appendInterpolation(moment?.milliseconds)
    }

    mutating func appendInterpolation(_ digest: Digest) {
        appendInterpolation(Data(digest.bytes))
    }

    /// GRDB binds a text up to its first NUL, by which "a@b.example\0…" would find "a@b.example". Such a text is
    /// bound as its bytes, which SQLite takes whole.
    mutating func appendInterpolation(_ text: String) {
        if text.utf8.contains(0) {
            appendInterpolation(sql: "CAST(? AS TEXT)", arguments: [Data(text.utf8)])
        } else {
            appendInterpolation(sql: "?", arguments: [text])
        }
    }

    mutating func appendInterpolation(_ text: String?) {
        if let text {
            appendInterpolation(text)
        } else {
            appendInterpolation(sql: "NULL")
        }
    }
}

extension SQL {
    /// A list of any length as one argument, to stand after IN: a statement of its own for each length would be kept for
    /// ever, and SQLite takes only so many arguments.
    static func list<Subject>(_ ids: [ID<Subject>]) -> SQL {
        let json = "[" + ids.map { String($0.rawValue) }.joined(separator: ",") + "]"
        return "(SELECT value FROM json_each(\(json)))"
    }
}

/// How they are read back. A column that holds what no version ever wrote is damage, and says so.
extension Row {
    func id<Subject>(_ column: String) -> ID<Subject> {
        ID(rawValue: self[column])
    }

    func moment(_ column: String) -> Timestamp {
        Timestamp(milliseconds: self[column])
    }

    func momentIfAny(_ column: String) -> Timestamp? {
        (self[column] as Int64?).map(Timestamp.init(milliseconds:))
    }

    func digest(_ column: String) throws(StoreError) -> Digest {
        guard let digest = Digest(bytes: self[column] as Data) else { throw .damaged(column) }
        return digest
    }
}

extension StoreError {
    /// What SQLite said, without any value: its messages name tables, columns and constraints only.
    init(_ error: any Error) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError: self.init(error)
        default: self = .unavailable(String(describing: type(of: error)))
        }
    }

    private init(_ error: DatabaseError) {
        let message = error.message ?? ""
        switch error.extendedResultCode {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY:
            self = .duplicate(Unique(sqliteMessage: message))
        case .SQLITE_FULL:
            self = .full(message)
        default:
            self = .unavailable("SQLite \(error.extendedResultCode.rawValue): \(message)")
        }
    }
}

extension StoreError.Unique {
    /// SQLite names the columns of the index: "UNIQUE constraint failed: keys.user_id, keys.name_folded".
    fileprivate init(sqliteMessage: String) {
        let columns = sqliteMessage.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? ""
        switch columns {
        case "keys.user_id, keys.name_folded": self = .keyName
        case "users.email_folded": self = .email
        case "roles.company_id, roles.name_folded": self = .roleName
        default: self = .other(columns)
        }
    }
}
