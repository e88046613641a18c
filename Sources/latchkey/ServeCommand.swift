import ArgumentParser
import Foundation
import KeyCore
import Logging
import ServiceLifecycle

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Runs the service: the personal account, the API, and verifying.")
    /// Requests under way are finished within this; SIGTERM to the end takes less than 10 s in all.
    private static let graceful = Duration.seconds(8)

    @OptionGroup var options: SettingOptions

    func run() async throws {
        let (settings, platform) = try orExit {
            let source = try SettingSource(flags: options.given)
            return (try Settings(source), try Platform.inForce(source))
        }
        let logger = Logger.toStandardError(settings.logLevel)
        let store = try orExit {
            try settings.database.open(platform: platform) { logger.warning("\($0)") }.store
        }
        let node = try await Node(
            settings: settings, platform: platform, store: store, logger: logger, now: { .now })
        let application = try orExit {
            try buildApplication(settings: settings, node: node, logger: logger) { port in
                announce(settings, port: port)
            }
        }
        var configuration = ServiceGroupConfiguration(
            services: [application], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = ServeCommand.graceful
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch let error as any CustomStringConvertible & Error where !(error is ServiceGroupError) {
            await node.follower.leave()
            throw Failure("The service cannot run at \(settings.host) port \(settings.port): \(error)")
        }
        // Connections that were cut off at the limit may have used keys after the tally's own last write.
        await node.tally.flush()
        await node.refusals.flush()
        try store.close()
    }

    /// The one line on standard output: the address to open.
    private func announce(_ settings: Settings, port: Int) {
        FileHandle.standardOutput.write(Data("Latchkey is ready: \(settings.address(port: port))\n".utf8))
    }
}

extension Logger {
    static func toStandardError(_ level: Level) -> Logger {
        var logger = Logger(label: "latchkey", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = level
        return logger
    }
}

extension Timestamp {
    /// What the system's clock says.
    static var now: Timestamp { Timestamp(Date()) }
}
