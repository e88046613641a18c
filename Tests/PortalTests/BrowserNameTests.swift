import Testing

@testable import Portal

@Suite struct BrowserNameTests {
    private static let mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    private static let windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "

    @Test(arguments: [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        (mac + "Version/18.1 Safari/605.1.15", "Safari on macOS"),
        (windows + "Chrome/142.0.0.0 Safari/537.36", "Chrome on Windows"),
        (windows + "Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0", "Edge on Windows"),
        (windows + "Chrome/138.0.0.0 YaBrowser/25.8.0.0 Safari/537.36", "Yandex Browser on Windows"),
        ("Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile", "Chrome on Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) CriOS/142.0 Mobile Safari/604.1", "Chrome on iOS"),
        ("curl/8.5.0", "curl"),
        ("python-httpx/0.28.1", "python-httpx"),
    ])
    func browsersAndProgramsAreNamedAsPeopleCallThem(_ agent: String, _ name: String) {
        #expect(Phrases.of(.english).sessions.browser(agent) == name)
    }

    @Test func whatIsNotKnownIsShownAsItIsAndCut() {
        #expect(Phrases.of(.english).sessions.browser("Night shift’s own program") == "Night shift’s own program")
        let long = Phrases.of(.english).sessions.browser(String(repeating: "ж", count: 200))
        #expect(long == String(repeating: "ж", count: 40) + "…")
        #expect(Phrases.of(.english).sessions.browser("Mozilla/5.0 (compatible)") == "Mozilla/5.0 (compatible)")
    }

    @Test(arguments: [nil, ""]) func whoSaysNothingIsUnknown(_ agent: String?) {
        #expect(Phrases.of(.russian).sessions.browser(agent) == "Неизвестный браузер")
    }
}
