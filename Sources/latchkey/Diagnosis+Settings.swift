import Foundation
import Gateway

extension Diagnosis {
    /// The settings that `latchkey serve` would have, given in the same ways.
    ///
    /// - Parameter leasesCount: whether nodes of the database hold leases.
    mutating func examine(_ source: SettingSource, leasesCount: Bool) {
        let settings: Settings
        do {
            settings = try Settings(source)
        } catch {
            let remedy = "Correct the flag, the environment or the settings file. latchkey serve --help has the list."
            return find("With these settings the service does not start: \(error)", remedy: remedy)
        }
        examine(addressOf: settings)
        guard leasesCount, settings.node.serveStale > .zero else { return }
        find(
            "With --serve-stale \(source[.serveStale]) a node that has lost the database accepts deleted keys for as "
                + "long.",
            remedy: "Take the setting away, unless you prefer wrong answers to none.")
    }

    /// Cookies are Secure only where people come by HTTPS.
    private mutating func examine(addressOf settings: Settings) {
        let isLocal = ["localhost", "127.0.0.1", "::1"].contains(settings.host)
        guard !settings.isSecure, !isLocal else { return }
        find(
            "The service listens at \(settings.host) and takes people to come by plain HTTP: whoever stands between "
                + "reads keys and cookies.",
            remedy: "Set --public-url to the https:// address, or give --tls-certificate and --tls-key.")
    }
}
