/// Everything that can be set: one list for the flags, the environment, the settings file and the help.
///
/// What counts is the flag, else the environment, else the settings file, else the default.
enum Setting: String, CaseIterable {
    case host, port, database, registration
    case publicURL = "public-url"
    case logLevel = "log-level"
    case tlsCertificate = "tls-certificate"
    case tlsKey = "tls-key"
    case trustedProxies = "trusted-proxies"
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
        case .publicURL, .tlsCertificate, .tlsKey, .trustedProxies, .config: nil
        }
    }

    /// The default as the help tells it.
    var defaultDescription: String {
        switch self {
        case .publicURL: "http://HOST:PORT"
        case .tlsCertificate, .tlsKey: "none: plain HTTP"
        case .trustedProxies, .config: "none"
        default: defaultValue ?? ""
        }
    }

    private var purpose: String {
        switch self {
        case .host: "The address to listen at."
        case .port: "The TCP port to listen at, 0 to 65535; 0 takes a free one."
        case .database: "Where the data lies: sqlite:PATH."
        case .publicURL: "The address by which people reach the service. With https, cookies are Secure."
        case .registration: "Who may register: open, or invite or closed for nobody (invitations are still to come)."
        case .logLevel: "How much is logged: trace, debug, info, notice, warning, error or critical."
        case .tlsCertificate: "A PEM file with the certificate and its chain."
        case .tlsKey: "A PEM file with the certificate's private key."
        case .trustedProxies: "The addresses of reverse proxies whose X-Forwarded-For is believed, with commas between."
        case .config: "A YAML file with settings by their flags' names, such as port: 8080."
        }
    }

    var help: String { "\(purpose) [\(environmentName); default: \(defaultDescription)]" }
}
