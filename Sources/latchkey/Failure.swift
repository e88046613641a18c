import ArgumentParser
import Foundation

/// A command that failed: one clear line on standard error, exit 1.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Runs what must succeed before anything is touched; where it does not, one line on standard error, exit 2. The
/// mistakes of a platform file are a line each.
func orExit<Value>(_ body: () throws -> Value) throws -> Value {
    do {
        return try body()
    } catch {
        let text = error is PlatformFileError ? "\(error)" : "latchkey: \(error)"
        FileHandle.standardError.write(Data("\(text)\n".utf8))
        throw ExitCode(2)
    }
}
