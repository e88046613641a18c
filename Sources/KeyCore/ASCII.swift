extension UInt8 {
    /// Whether it is one of `0-9`, `A-Z` and `a-z` in ASCII.
    ///
    /// Inlined elsewhere too: the fast lane asks it of each byte in the names of headers.
    @inlinable package var isLetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }
}
