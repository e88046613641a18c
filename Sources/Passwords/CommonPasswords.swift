import CAssets

/// The passwords that attackers try first: the most common ones of 8 characters or more.
///
/// The list is sorted by bytes, one a line, and lies in the binary itself: a look-up is a binary search over it,
/// without a copy in memory. docs/DEPENDENCIES.md names its source.
package struct CommonPasswords: Sendable {
    package static let bundled = CommonPasswords()

    /// Where each line begins.
    private let starts: [Int]

    private init() {
        starts = CommonPasswords.withBytes { bytes in
            [0] + bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") && $0 + 1 < bytes.count }.map { $0 + 1 }
        }
    }

    package var count: Int { starts.count }

    /// - Parameter password: in lower case, as the list is.
    package func contains(_ password: String) -> Bool {
        let wanted = Array(password.utf8)
        return CommonPasswords.withBytes { bytes in
            var (low, high) = (0, starts.count)
            while low < high {
                let middle = (low + high) / 2
                let line = bytes[starts[middle]...].prefix { $0 != UInt8(ascii: "\n") }
                if line.elementsEqual(wanted) { return true }
                if line.lexicographicallyPrecedes(wanted) { low = middle + 1 } else { high = middle }
            }
            return false
        }
    }

    private static func withBytes<Value>(_ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value {
        guard let asset = latchkey_asset("common-passwords.txt") else {
            preconditionFailure("The list of common passwords is not in the binary.")
        }
        return body(UnsafeBufferPointer(start: asset.pointee.bytes, count: asset.pointee.length))
    }
}
