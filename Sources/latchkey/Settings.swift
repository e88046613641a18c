import Foundation
import Gateway
import KeyCore
import Logging
import NIOCore
import Yams

/// The settings in force, checked: what they say can be done, as far as that is known before trying.
struct Settings: Sendable {
    struct TLS: Sendable {
        let certificate: String
        let key: String
    }

    let host: String
    let port: Int
    let database: Database
    /// Where people reach the service, if that was said; else it is where they did reach it.
    let publicURL: String?
    let registration: Registration
    let logLevel: Logger.Level
    let tls: TLS?
    let trustedProxies: Set<String>
    let mail: MailSettings?
    let node: NodeTerms

    /// Whether browsers reach the service by HTTPS.
    var isSecure: Bool { address(port: port).lowercased().hasPrefix("https://") }

    /// The address to open, when the service listens at a port.
    func address(port: Int) -> String {
        let shownHost = host.contains(":") ? "[\(host)]" : host
        return publicURL ?? "\(tls == nil ? "http" : "https")://\(shownHost):\(port)"
    }

    /// - Throws: `SettingError` that names the setting and what it may be.
    init(_ source: SettingSource) throws {
        host = source[.host]
        port = try source.value(.port, "a number from 0 to 65535") {
            Int($0).flatMap { (0...65_535).contains($0) ? $0 : nil }
        }
        database = try Database(source)
        registration = try source.value(.registration, "open, invite or closed", Registration.init(rawValue:))
        logLevel = try source.value(
            .logLevel, "trace, debug, info, notice, warning, error or critical", Logger.Level.init(rawValue:))
        tls = try Settings.tls(source)
        trustedProxies =
            try source.optional(.trustedProxies, "IP addresses with commas between") {
                Settings.addresses($0)
            } ?? []
        publicURL = try source.optional(.publicURL, "a URL that begins with http:// or https://", Settings.origin)
        if tls != nil, publicURL?.lowercased().hasPrefix("http://") == true {
            throw SettingError(text: "--public-url must begin with https:// where --tls-certificate is given.")
        }
        node = try NodeTerms(source)
        mail = try MailSettings(source)
        if mail != nil, publicURL == nil {
            throw SettingError(text: "--smtp-url needs --public-url: the links in letters begin with it.")
        }
    }

    private static func tls(_ source: SettingSource) throws -> TLS? {
        let readable = "a file that can be read"
        let check = { (path: String) in FileManager.default.isReadableFile(atPath: path) ? path : nil }
        let certificate = try source.optional(.tlsCertificate, readable, check)
        let key = try source.optional(.tlsKey, readable, check)
        switch (certificate, key) {
        case (nil, nil): return nil
        case (let certificate?, let key?): return TLS(certificate: certificate, key: key)
        default: throw SettingError(text: "--tls-certificate and --tls-key belong together. Give both, or neither.")
        }
    }

    private static func addresses(_ text: String) -> Set<String>? {
        let addresses = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        let isRight = addresses.allSatisfy { (try? SocketAddress(ipAddress: $0, port: 0)) != nil }
        return isRight && !addresses.isEmpty ? Set(addresses) : nil
    }

    private static func origin(_ text: String) -> String? {
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), url.host != nil,
            ["http", "https"].contains(scheme)
        else { return nil }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}

/// A setting that cannot be: one clear line for standard error.
struct SettingError: Error, CustomStringConvertible {
    let text: String
    var description: String { text }
}

/// Where settings come from, the first that has one: flag, environment, settings file, default.
struct SettingSource: Sendable {
    private let flags: [Setting: String]
    private let environment: [String: String]
    private let file: [Setting: String]

    /// - Throws: `SettingError` for a settings file that cannot be read, or that names what cannot be set.
    init(flags: [Setting: String], environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        self.flags = flags
        self.environment = environment
        let path = flags[.config] ?? environment[Setting.config.environmentName]
        file = try path.map(SettingSource.read(file:)) ?? [:]
    }

    subscript(_ setting: Setting) -> String {
        given(setting) ?? setting.defaultValue ?? ""
    }

    private func given(_ setting: Setting) -> String? {
        flags[setting] ?? environment[setting.environmentName] ?? file[setting]
    }

    func value<Value>(_ setting: Setting, _ wanted: String, _ convert: (String) throws -> Value?) throws -> Value {
        let text = self[setting]
        guard let value = try convert(text) else {
            throw SettingError(text: "--\(setting.rawValue) must be \(wanted), not “\(text)”.")
        }
        return value
    }

    func optional<Value>(
        _ setting: Setting, _ wanted: String, _ convert: (String) throws -> Value?
    ) throws -> Value? {
        try given(setting) == nil ? nil : value(setting, wanted, convert)
    }

    private static func read(file path: String) throws -> [Setting: String] {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw SettingError(text: "The settings file \(path) cannot be read.")
        }
        guard let node = try? Yams.compose(yaml: text) else {
            throw SettingError(text: "The settings file \(path) is not YAML, or is empty.")
        }
        guard let mapping = node.mapping else {
            throw SettingError(text: "The settings file \(path) must hold lines such as port: 8080.")
        }
        var settings: [Setting: String] = [:]
        for (key, value) in mapping {
            let line = key.mark.map { ":\($0.line)" } ?? ""
            guard let setting = key.string.flatMap(Setting.init(rawValue:)), setting != .config,
                let scalar = value.scalar
            else {
                throw SettingError(text: "\(path)\(line): there is no setting “\(key.string ?? "")” with such a value.")
            }
            settings[setting] = scalar.string
        }
        return settings
    }
}
