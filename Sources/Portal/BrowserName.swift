/// What a browser or a program is called in words, by what it says of itself in `User-Agent` (RFC 9110, section
/// 10.1.5). Only for the eye: anybody may say anything.
struct BrowserName: Hashable {
    /// Characters of a text that is no known browser's.
    static let longest = 40

    let browser: String
    /// `nil` where the text names none.
    let system: String?

    init?(_ agent: String?) {
        guard let agent, !agent.isEmpty else { return nil }
        guard let browser = BrowserName.first(of: BrowserName.browsers, in: agent) else {
            self.browser = BrowserName.program(agent)
            system = nil
            return
        }
        self.browser = browser
        system = BrowserName.first(of: BrowserName.systems, in: agent)
    }

    /// Each says that it is those below it too, so the first that fits is right.
    private static let browsers = [
        (sign: "YaBrowser/", name: "Yandex Browser"), ("Edg/", "Edge"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"),
        ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Vivaldi/", "Vivaldi"), ("FxiOS/", "Firefox"),
        ("Firefox/", "Firefox"), ("CriOS/", "Chrome"), ("HeadlessChrome/", "Chrome"), ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]

    private static let systems = [
        (sign: "Windows", name: "Windows"), ("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iPadOS"),
        ("Macintosh", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
    ]

    private static func first(of signs: [(sign: String, name: String)], in agent: String) -> String? {
        signs.first { agent.contains($0.sign) }?.name
    }

    /// The name before a program's version, as in `curl/8.5.0`; of anything else its beginning.
    private static func program(_ agent: String) -> String {
        let product = agent.prefix { $0 != "/" && $0 != " " }
        let isNamed = !product.isEmpty && product != "Mozilla" && agent.dropFirst(product.count).hasPrefix("/")
        let text = isNamed ? product : agent[...]
        return text.count > longest ? text.prefix(longest) + "…" : String(text)
    }
}

extension Phrases.Sessions {
    /// "Firefox on Linux", "curl".
    func browser(_ agent: String?) -> String {
        guard let name = BrowserName(agent) else { return unknownBrowser }
        return name.system.map { browserOn(name.browser, $0) } ?? name.browser
    }
}
