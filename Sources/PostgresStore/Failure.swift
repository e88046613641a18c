import CLibPQ
import KeyCore

/// Why a statement or a connection failed. The text comes from PostgreSQL without its details, which hold values.
struct Failure: Error, Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// PostgreSQL refused a statement.
        case refused
        /// The connection broke, or was never made. What was under way may have happened or not.
        case lost
        /// No answer in time. The connection is of no more use: the answer may still come.
        case overdue
    }

    let kind: Kind
    /// SQLSTATE (PostgreSQL's Appendix A); empty where PostgreSQL said nothing.
    var state = ""
    var constraint: String?
    let message: String
}

extension Failure {
    /// What a failed result says.
    init(_ result: OpaquePointer) {
        func field(_ code: Character) -> String? {
            PQresultErrorField(result, Int32(code.asciiValue!)).map { String(cString: $0) }
        }
        kind = .refused
        state = field("C") ?? ""
        constraint = field("n")
        // What libpq found out by itself has no fields.
        message = field("M") ?? Address.line(PQresultErrorMessage(result).map { String(cString: $0) } ?? "")
    }

    /// The transaction lost against another and may be run again: a serialization failure, a deadlock.
    var isConflict: Bool {
        kind == .refused && ["40001", "40P01"].contains(state)
    }

    /// The statement that was prepared is not there, or is there already: the connection leads through a pooler that
    /// hands out another one of its own each time.
    var isOfForeignStatements: Bool {
        kind == .refused && ["26000", "42P05"].contains(state)
    }

    /// What this connection knows is out of date: another version of the program has changed the tables, or the server
    /// is no longer the one that takes writes.
    var isOfStaleConnection: Bool {
        kind == .refused && ["0A000", "25006"].contains(state)
    }
}

extension StoreError {
    init(_ failure: Failure) {
        switch failure.state {
        case "23505": self = .duplicate(Unique(constraint: failure.constraint ?? ""))
        case "53100": self = .full(failure.message)
        case "": self = .unavailable(failure.message)
        default: self = .unavailable("PostgreSQL \(failure.state): \(failure.message)")
        }
    }
}

extension StoreError.Unique {
    /// The names that the schema gives its unique indexes.
    fileprivate init(constraint: String) {
        switch constraint {
        case "keys_by_name": self = .keyName
        case "users_by_email": self = .email
        case "roles_by_name": self = .roleName
        default: self = .other(constraint)
        }
    }
}
