/// Where a page of a list begins.
package enum PageStart<Cursor: Hashable & Sendable>: Hashable, Sendable {
    /// After so many rows: for pages that a person numbers.
    case offset(Int)
    /// After the row of this place, whatever came or went before it: for programs that read everything.
    case after(Cursor)
}

/// How many rows a page of a list has.
package enum PageLimit {
    package static let standard = 50
    package static let maximum = 100

    /// The limit nearest to the one that is asked for.
    static func nearest(to limit: Int) -> Int { min(max(limit, 1), maximum) }
}
