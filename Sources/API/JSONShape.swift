/// How deep and how wide a JSON text is, found in one pass over its bytes and without making values of it.
///
/// Decoding takes time that grows with the depth much faster than with the length. No body of ours is deeper than a
/// list in an object, or longer than a list of a thousand keys.
struct JSONShape {
    private static let maximumDepth = 8
    private static let maximumCommas = 2000

    private var depth = 0
    private var commas = 0

    init(_ bytes: [UInt8]) {
        var current = 0
        var isString = false
        var isEscaped = false
        for byte in bytes {
            switch (byte, isString) {
            case (_, true) where isEscaped: isEscaped = false
            case (UInt8(ascii: "\\"), true): isEscaped = true
            case (UInt8(ascii: "\""), _): isString.toggle()
            case (UInt8(ascii: "["), false), (UInt8(ascii: "{"), false):
                current += 1
                depth = max(depth, current)
            case (UInt8(ascii: "]"), false), (UInt8(ascii: "}"), false): current -= 1
            case (UInt8(ascii: ","), false): commas += 1
            default: break
            }
        }
    }

    var isModest: Bool { depth <= JSONShape.maximumDepth && commas <= JSONShape.maximumCommas }
}
