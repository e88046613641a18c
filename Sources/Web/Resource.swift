import HTTPTypes
import Hummingbird

extension RouterMethods where Context == WebContext {
    /// One path with all that it answers to; every other method gets 405 with `Allow` instead of 404.
    package func resource(
        _ path: RouterPath,
        _ handlers: [HTTPRequest.Method: @Sendable (Request, WebContext) async throws -> Response]
    ) {
        let others: [HTTPRequest.Method] = [.get, .post, .put, .patch, .delete, .options, .trace, .query]
        var allowed = Array(handlers.keys)
        if allowed.contains(.get) { allowed.append(.head) }
        let problem = Problem.methodNotAllowed(allowed)
        for (method, handler) in handlers { on(path, method: method, use: handler) }
        for method in others where handlers[method] == nil {
            on(path, method: method) { _, _ -> Response in throw problem }
        }
    }
}

extension HTTPRequest.Method {
    /// A GET with a body, of late an HTTP method as the others are.
    fileprivate static let query = HTTPRequest.Method("QUERY")!
}
