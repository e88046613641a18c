import Foundation
import Hummingbird
import LatchkeyClient

/// A request of this service: it knows who calls.
struct SignageContext: KeyHolding {
    var coreContext: CoreRequestContextStorage
    var identity: Identity?

    init(source: Source) {
        coreContext = .init(source: source)
    }
}

extension SignageContext {
    /// In bytes. A device or a broadcast is far smaller.
    var maxUploadSize: Int { 16 * 1024 }

    /// The same answer is the same bytes.
    var responseEncoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return encoder
    }
}
