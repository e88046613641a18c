import Hummingbird

/// Where people and programs reach the service.
package struct PublicAddress: Sendable {
    private let isSecure: Bool
    /// What was set, without a slash at its end; `nil` where it is the address under which the reader came.
    private let given: String?

    /// - Parameters:
    ///   - isSecure: whether the service is reached by HTTPS.
    ///   - given: the address that was set, if one was.
    package init(isSecure: Bool, given: String?) {
        self.isSecure = isSecure
        self.given = given
    }

    /// As the one who sent this request may use it: what was set, else where their browser is.
    package func text(for request: Request) -> String {
        if let given { return given }
        let host = request.head.authority ?? "127.0.0.1"
        // It is shown as part of a command to paste into a shell.
        let isPlain = host.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || ".-:[]".contains($0)) }
        return "\(isSecure ? "https" : "http")://\(isPlain ? host : "127.0.0.1")"
    }
}
