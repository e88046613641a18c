import Hummingbird
import KeyCore
import Web

extension ID {
    /// The id in a request's path.
    ///
    /// - Throws: `not_found` for a text that no id can be.
    init(in context: WebContext) throws(Refusal) {
        guard let text = context.parameters.get("id"), let id = Self(text) else { throw .notFound }
        self = id
    }
}
