import HTTPTypes

/// The one part of a file that a request asks for (RFC 9110, section 14).
///
/// Who asks for several parts at once gets the whole, as section 14.2 allows: no player does, and many that overlap
/// would cost more to send than the file itself.
package enum ByteRange: Equatable {
    /// These bytes, counted from 0.
    case part(Range<Int>)
    /// It begins where the file has ended already.
    case outside

    /// - Parameters:
    ///   - header: the value of `Range`.
    ///   - length: how many bytes the file has.
    /// - Returns: `nil` where the whole is to be sent: no part is asked for, or in a way that we do not know.
    package init?(_ header: String?, of length: Int) {
        switch ByteRange.bounds(header) {
        case (let first?, let last)?:
            guard first <= last ?? .max else { return nil }
            self = first < length ? .part(first..<min(last ?? .max, length - 1) + 1) : .outside
        // The last bytes; all of them where there are fewer.
        case (nil, let count?)?: self = min(count, length) > 0 ? .part(max(0, length - count)..<length) : .outside
        case (nil, nil)?, nil: return nil
        }
    }

    /// The numbers on both sides of the hyphen, where it is one part and counted in bytes.
    private static func bounds(_ header: String?) -> (first: Int?, last: Int?)? {
        let sides = (header ?? "").split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard sides.count == 2, sides[0].lowercased() == "bytes" else { return nil }
        let bounds = sides[1].split(separator: "-", omittingEmptySubsequences: false)
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard bounds.count == 2, bounds.allSatisfy({ $0.utf8.allSatisfy { digits.contains($0) } }) else { return nil }
        return (number(bounds[0]), number(bounds[1]))
    }

    /// As large as can be where there are more digits than fit.
    private static func number(_ digits: Substring) -> Int? {
        digits.isEmpty ? nil : Int(digits) ?? .max
    }
}
