/// Everything that can be set: one list for the flags, the environment, the settings file and the help.
///
/// What counts is the flag, else the environment, else the settings file, else the default.
enum Setting: String, CaseIterable {
    case host, port, database, platform, registration
    case publicURL = "public-url"
    case logLevel = "log-level"
    case tlsCertificate = "tls-certificate"
    case tlsKey = "tls-key"
    case trustedProxies = "trusted-proxies"
    case smtpURL = "smtp-url"
    case mailFrom = "mail-from"
    case databaseConnections = "database-connections"
    case lease
    case pollInterval = "poll-interval"
    case serveStale = "serve-stale"
    case config

    /// `public-url` is `LATCHKEY_PUBLIC_URL` in the environment.
    var environmentName: String {
        "LATCHKEY_" + rawValue.uppercased().replacing("-", with: "_")
    }

    var defaultValue: String? {
        switch self {
        case .host: "127.0.0.1"
        case .port: "8080"
        case .database: "sqlite:data/latchkey.sqlite"
        case .registration: "open"
        case .logLevel: "info"
        case .databaseConnections: "8"
        case .lease: "2s"
        case .pollInterval: "1s"
        case .serveStale: "0s"
        case .platform, .publicURL, .tlsCertificate, .tlsKey, .trustedProxies, .smtpURL, .mailFrom, .config: nil
        }
    }

    /// The default as the help tells it.
    var defaultDescription: String {
        switch self {
        case .platform: "the built-in SmartPlayer"
        case .publicURL: "http://HOST:PORT"
        case .tlsCertificate, .tlsKey: "none: plain HTTP"
        case .trustedProxies, .mailFrom, .config: "none"
        case .smtpURL: "none: no mail is sent"
        case .serveStale: "0s: never"
        default: defaultValue ?? ""
        }
    }

    private var purpose: String {
        switch self {
        case .host: "The address to listen at."
        case .port: "The TCP port to listen at, 0 to 65535; 0 takes a free one."
        case .database:
            "Where the data lies: sqlite:PATH, or postgres://USER:PASSWORD@HOST:PORT/NAME. Others see flags: set a "
                + "password elsewhere."
        case .platform: "The YAML file with the platform's name, key prefix, sections, roles and routes."
        case .publicURL: "The address by which people reach the service. With https, cookies are Secure."
        case .registration: "Who may make an account: open for all, invite for the invited only, closed for nobody."
        case .logLevel: "How much is logged: trace, debug, info, notice, warning, error or critical."
        case .tlsCertificate: "A PEM file with the certificate and its chain."
        case .tlsKey: "A PEM file with the certificate's private key."
        case .trustedProxies: "The addresses of reverse proxies whose X-Forwarded-For is believed, with commas between."
        case .smtpURL:
            "The mail server: smtp://USER:PASSWORD@HOST:PORT (STARTTLS) or smtps://... Others see flags: set it elsewhere."
        case .mailFrom: "Whom mail comes from, such as Keys <keys@example.com>."
        case .databaseConnections: "PostgreSQL: how many connections this process may open, 4 to 100."
        case .lease:
            "PostgreSQL: for how long a node may say yes after it last proved that it knows the latest deletions, "
                + "200ms to 10s. A delete waits so long for a node that does not answer."
        case .pollInterval: "PostgreSQL: how often a node proves it, 50ms to half of the lease."
        case .serveStale:
            "PostgreSQL: for how long a node goes on saying yes when it can no longer prove it. Deleted keys may then "
                + "be accepted."
        case .config: "A YAML file with settings by their flags' names, such as port: 8080."
        }
    }

    var help: String { "\(purpose) [\(environmentName); default: \(defaultDescription)]" }
}
