import Hummingbird

/// A request context that knows who stands behind the request's key.
///
/// ```swift
/// struct Context: KeyHolding {
///     var coreContext: CoreRequestContextStorage
///     var identity: Identity?
///
///     init(source: Source) {
///         coreContext = .init(source: source)
///     }
/// }
/// ```
public protocol KeyHolding: RequestContext {
    /// Who calls: set by ``RequireKey``, `nil` on routes without it.
    var identity: Identity? { get set }
}

extension KeyHolding {
    /// Who calls.
    ///
    /// - Throws: ``LatchkeyError/missing`` on a route that no ``RequireKey`` guards, so that a forgotten guard closes
    ///   the route.
    public func requireIdentity() throws(LatchkeyError) -> Identity {
        guard let identity else { throw .missing }
        return identity
    }

    /// Who calls, where the right that is needed depends on what the handler found. Asks nobody: the rights are those
    /// of this request's verify.
    ///
    /// - Parameter permission: as `broadcasts:create`.
    /// - Throws: ``LatchkeyError/missingPermission(_:)``; ``LatchkeyError/missing`` as ``requireIdentity()`` does.
    @discardableResult
    public func require(_ permission: String) throws(LatchkeyError) -> Identity {
        let identity = try requireIdentity()
        guard identity.may(permission) else { throw .missingPermission(permission) }
        return identity
    }
}
