import ArgumentParser
import Foundation
import KeyCore
import Logging
import NIOCore
import ServiceLifecycle

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Runs the service: the personal account, the API, and verifying.")
    /// Requests under way are finished within this, or cut off: more than sending a letter may take, with those before
    /// it.
    private static let finishing = Duration.milliseconds(7_500)
    /// Everything after the last request is done within this, or left: SIGTERM to the end takes less than 10 s in all.
    private static let ending = Duration.seconds(2)

    @OptionGroup var options: SettingOptions

    func run() async throws {
        let (settings, platform) = try orExit {
            let source = try SettingSource(flags: options.given)
            return (try Settings(source), try Platform.inForce(source))
        }
        let logger = Logger.toStandardError(settings.logLevel)
        // One event loop for each core that the process may use; NIO heeds a container's quota, but no `taskset`.
        NIOSingletons.groupLoopCountSuggestion = Processors.count
        let store = try orExit {
            try settings.database.open(platform: platform, mode: .create) { logger.warning("\($0)") }.store
        }
        let node = try await Node(
            settings: settings, platform: platform, store: store, logger: logger, now: { .now })
        let end = EndOfRequests()
        let services = try orExit {
            try node.services(settings: settings, end: end, logger: logger) { port in announce(settings, port: port) }
        }
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = ServeCommand.finishing
        switch await run(ServiceGroup(configuration: configuration), node, end) {
        case .failure(let error as any CustomStringConvertible & Error) where !(error is ServiceGroupError):
            throw Failure("The service cannot run at \(settings.host) port \(settings.port): \(error)")
        case .failure(let error): throw error
        case .success: try store.close()
        case nil: logger.warning("The database has not answered in time; the service ends without it.")
        }
        if node.tally.waiting + node.refusals.waiting > 0 {
            logger.error(
                "What was gathered last could not be written and is lost.",
                metadata: ["uses": "\(node.tally.waiting)", "refusals": "\(node.refusals.waiting)"])
        }
    }

    /// Runs until the process is told to end, or cannot run.
    ///
    /// - Returns: how that ended; `nil` when something still hangs after the time limit.
    private func run(_ group: ServiceGroup, _ node: Node, _ end: EndOfRequests) async -> Result<Void, any Error>? {
        let service = Task<Result<Void, any Error>, Never> {
            defer { end.declare() }
            do {
                try await group.run()
            } catch {
                await node.follower.leave()
                return .failure(error)
            }
            // Connections that were cut off at the limit may have used keys after the tally's own last write.
            await node.flush()
            return .success(())
        }
        await end.wait()
        return await service.value(within: ServeCommand.ending)
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
