import ArgumentParser

/// The flags of `latchkey serve`.
struct SettingOptions: ParsableArguments {
    @Option(help: help(.host)) var host: String?
    @Option(help: help(.port)) var port: String?
    @OptionGroup var database: DatabaseOptions
    @Option(name: .customLong(Setting.publicURL.rawValue), help: help(.publicURL)) var publicURL: String?
    @Option(help: help(.registration)) var registration: String?
    @Option(name: .customLong(Setting.logLevel.rawValue), help: help(.logLevel)) var logLevel: String?
    @Option(name: .customLong(Setting.tlsCertificate.rawValue), help: help(.tlsCertificate), completion: .file())
    var tlsCertificate: String?
    @Option(name: .customLong(Setting.tlsKey.rawValue), help: help(.tlsKey), completion: .file()) var tlsKey: String?
    @Option(name: .customLong(Setting.trustedProxies.rawValue), help: help(.trustedProxies)) var trustedProxies: String?
    @Option(name: .customLong(Setting.smtpURL.rawValue), help: help(.smtpURL)) var smtpURL: String?
    @Option(name: .customLong(Setting.mailFrom.rawValue), help: help(.mailFrom)) var mailFrom: String?
    @Option(name: .customLong(Setting.databaseConnections.rawValue), help: help(.databaseConnections))
    var databaseConnections: String?
    @Option(help: help(.lease)) var lease: String?
    @Option(name: .customLong(Setting.pollInterval.rawValue), help: help(.pollInterval)) var pollInterval: String?
    @Option(name: .customLong(Setting.serveStale.rawValue), help: help(.serveStale)) var serveStale: String?

    var given: [Setting: String] {
        var given = database.given
        let own: [(Setting, String?)] = [
            (.host, host), (.port, port), (.publicURL, publicURL), (.registration, registration),
            (.logLevel, logLevel), (.tlsCertificate, tlsCertificate), (.tlsKey, tlsKey),
            (.trustedProxies, trustedProxies), (.smtpURL, smtpURL), (.mailFrom, mailFrom),
            (.databaseConnections, databaseConnections), (.lease, lease), (.pollInterval, pollInterval),
            (.serveStale, serveStale),
        ]
        for (setting, value) in own { given[setting] = value }
        return given
    }
}

/// The flags of every command that opens the database.
struct DatabaseOptions: ParsableArguments {
    @Option(help: help(.database), completion: .file()) var database: String?
    @OptionGroup var platform: PlatformOptions

    var given: [Setting: String] {
        var given = platform.given
        given[.database] = database
        return given
    }
}

/// The flags of every command that needs to know the platform.
struct PlatformOptions: ParsableArguments {
    @Option(help: help(.platform), completion: .file(extensions: ["yaml", "yml"])) var platform: String?
    @Option(help: help(.config), completion: .file(extensions: ["yaml", "yml"])) var config: String?

    var given: [Setting: String] {
        var given: [Setting: String] = [:]
        given[.platform] = platform
        given[.config] = config
        return given
    }
}

private func help(_ setting: Setting) -> ArgumentHelp {
    ArgumentHelp(stringLiteral: setting.help)
}
