import Foundation
import KeyCore

extension Timestamp {
    /// Reads RFC 3339 in UTC, as the tests write moments.
    init(_ text: String) throws {
        self.init(try Date.ISO8601FormatStyle(includingFractionalSeconds: text.contains(".")).parse(text))
    }
}

/// The refusal of a rule, if it refuses.
func refusal<Value>(_ rule: () throws(Refusal) -> Value) -> Refusal? {
    do throws(Refusal) {
        _ = try rule()
        return nil
    } catch {
        return error
    }
}
