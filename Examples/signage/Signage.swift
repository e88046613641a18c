import Foundation
import Hummingbird
import LatchkeyClient

/// Devices and broadcasts of a digital-signage platform, in memory, guarded by the rights of the caller's key.
@main
struct Signage {
    static func main() async throws {
        let environment = ProcessInfo.processInfo.environment
        let address = environment["LATCHKEY_URL"] ?? "http://127.0.0.1:8080"
        let latchkey = try LatchkeyClient(url: address)
        let port = environment["PORT"].flatMap(Int.init) ?? 8090
        let application = Application(
            router: router(latchkey: latchkey, signs: Signs()),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)))
        try await application.runService()
    }
}
