/// What a node may answer, by what it knows of the latest deletions.
package enum Freshness: Hashable, Sendable {
    /// It knows every deletion that was answered.
    case current
    /// It may not, and says yes all the same, because it was told to (`--serve-stale`). With the time since it last
    /// knew.
    case stale(Duration)
    /// It may not, and says so.
    case notCurrent
}
