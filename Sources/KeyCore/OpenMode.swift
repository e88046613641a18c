/// What opening a database may do to it.
package enum OpenMode: Sendable {
    /// Makes what is missing, and brings the schema up to date.
    case create
    /// Makes nothing and changes nothing: the database is there and has the schema of this version, or is refused.
    case existing
}
