import AsyncHTTPClient
import Foundation
import KeyCore
import NIOCore

/// Asks Latchkey whether a key is good, who stands behind it, and what they may do.
///
/// Make one for the whole service, and share it: it keeps its connections, and closes them when it is released.
///
/// ```swift
/// let latchkey = try LatchkeyClient(url: "https://keys.example.com")
/// let identity = try await latchkey.verify(key, permission: "devices:read")
/// ```
///
/// - It keeps **no answer**. Latchkey promises that a deleted key is refused as soon as its deletion was answered, and
///   so is every key of a blocked user or of a role that lost a right. An answer kept for ten seconds would break that
///   promise for ten seconds, in every service that keeps one. What makes asking cheap is the kept connection.
/// - What has not the shape and the checksum of a key is refused without asking: made-up keys cost no request.
/// - It follows no redirect, since the key would go along, and reads no answer longer than ``maximumAnswer`` bytes.
/// - The key is in no description, no error and no log line.
public final class LatchkeyClient: Sendable {
    /// The longest answer that is read, in bytes. A whole answer with every right of the largest platform is a quarter
    /// of it.
    public static let maximumAnswer = 64 * 1024

    private let address: String
    let keyPrefix: String
    private let timeout: Duration
    private let http: HTTPClient

    /// A client of one Latchkey, or of several nodes behind one address.
    ///
    /// - Parameters:
    ///   - url: where Latchkey answers, `https://keys.example.com`; a path is kept. Over plain `http` everybody on the
    ///     way can read the keys: for one machine, or a network that you trust.
    ///   - keyPrefix: what the platform's keys begin with, as its platform file says.
    ///   - timeout: how long one ``verify(_:permission:)`` may take in all.
    ///   - http: TLS, a proxy, the number of kept connections. Redirects and decompression are off whatever it says.
    /// - Throws: ``Misconfiguration`` when the address or the prefix cannot be one.
    public init(
        url: String, keyPrefix: String = "sp", timeout: Duration = .seconds(2), http: HTTPClient.Configuration = .init()
    ) throws(Misconfiguration) {
        address = try LatchkeyClient.checked(address: url) + "/v1/verify"
        self.keyPrefix = try LatchkeyClient.checked(keyPrefix: keyPrefix)
        self.timeout = timeout
        var http = http
        http.redirectConfiguration = .disallow
        http.decompression = .disabled
        // A refused connection is an answer, and the caller waits: the next request may try again.
        http.connectionPool.retryConnectionEstablishment = false
        self.http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: http)
    }

    deinit {
        http.shutdown { _ in }
    }

    /// Who the key belongs to and what it may do, as of now.
    ///
    /// - Parameters:
    ///   - key: the key as the caller sent it, and nothing around it.
    ///   - permission: what the request needs, as `devices:read`; `nil` when a valid key is enough. Latchkey decides,
    ///     and the key's owner finds a refusal among the key's refusals.
    /// - Returns: the identity, for this one request.
    /// - Throws: the refusal, or what kept Latchkey from answering. Whatever it is, let nobody in.
    public func verify(_ key: String, permission: String? = nil) async throws(LatchkeyError) -> Identity {
        if key.isEmpty { throw .missing }
        guard let secret = Secret.parse(key.utf8, prefix: keyPrefix) else { throw .malformed }
        return try await verify(secret, permission: permission)
    }

    func verify(_ secret: Secret, permission: String?) async throws(LatchkeyError) -> Identity {
        var request = HTTPClientRequest(url: address + (permission.map(LatchkeyClient.query) ?? ""))
        request.headers.add(name: "Authorization", value: "Bearer \(secret.revealed)")
        request.headers.add(name: "Accept", value: "application/json")
        return try await answer(to: request).identity(asked: permission)
    }

    private func answer(to request: HTTPClientRequest) async throws(LatchkeyError) -> VerifyAnswer {
        do {
            return try await within(timeout) { [http] in try await http.wholeAnswer(to: request) }
        } catch {
            throw LatchkeyError(obstacle: error)
        }
    }

    /// Everything but RFC 3986's unreserved characters and the colon is escaped.
    private static func query(_ permission: String) -> String {
        let plain = CharacterSet(charactersIn: "a"..."z").union(CharacterSet(charactersIn: "A"..."Z"))
            .union(CharacterSet(charactersIn: "0123456789-._~:"))
        return "?permission=" + (permission.addingPercentEncoding(withAllowedCharacters: plain) ?? "")
    }
}

extension LatchkeyClient: CustomStringConvertible, CustomReflectable {
    /// The address that is asked.
    public var description: String { "LatchkeyClient(\(address))" }

    /// The address alone: the connections below hold requests, and with them keys.
    public var customMirror: Mirror { Mirror(self, children: ["address": address]) }
}
