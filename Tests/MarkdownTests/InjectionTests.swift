import Testing

/// What tries to become a script, in the spellings that are collected by OWASP and by the authors of parsers.
@Suite struct InjectionTests {
    private static let destinations = [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "javascript&colon;alert(1)", "javascript&#58;alert(1)",
        "&#106;avascript:alert(1)", "&#x6A;&#x61;vascript:alert(1)", "&#0000106avascript:alert(1)",
        "java&#10;script:alert(1)", "java&Tab;script:alert(1)", "java&NewLine;script:alert(1)",
        "java%0Ascript:alert(1)", "%6Aavascript:alert(1)", "&#1;javascript:alert(1)", "&#14; javascript:alert(1)",
        "\u{1}javascript:alert(1)", "\u{200B}javascript:alert(1)", "\u{FEFF}javascript:alert(1)",
        "\u{202E}javascript:alert(1)", "&nbsp;javascript:alert(1)", "javascript\\:alert(1)",
        "javascript://example.com/%0Aalert(1)", "javascript:https://example.com", "vbscript:msgbox(1)",
        "livescript:alert(1)", "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
        "data:text/html,<script>alert(1)</script>", "DATA:text/html,a", "data&colon;text/html,a",
        "data:image/svg+xml,a", "blob:https://example.com/a", "file:///etc/passwd", "filesystem:http://example.com/a",
        "ftp://example.com", "view-source:javascript:alert(1)", "feed:javascript:alert(1)", "about:blank",
        "tel:1", "ws://example.com", "intent://a#Intent;end", "ms-settings:a", "x:y", ":javascript:alert(1)",
        "//example.com", "///example.com", "/\\example.com", "\\\\example.com", "/&Tab;/example.com",
        "/&#9;/example.com",
        "/&#10;/example.com", "http:/example.com", "http:example.com", "https:\\\\example.com", "https:///example.com",
        "https://@example.com", "https://good.example@evil.example", "https://good.example%5C@evil.example",
        "https://\\evil.example", "http&colon;//evil&#64;example.com", "https://ex\u{200D}ample.com/\u{202E}",
        "mailto:", "mailto:a", "mailto:a@b@c", "mailto:a&#10;b@example.com", "help", "../help", "./a", "?a=b", "a/b",
    ]

    /// Each place in which CommonMark takes a destination.
    private static let forms: [@Sendable (String) -> String] = [
        { "[a](\($0))" }, { "[a](<\($0)>)" }, { "[a](\($0) \"title\")" }, { "![a](\($0))" }, { "![a](<\($0)>)" },
        { "[a]\n\n[a]: \($0)" }, { "[a]\n\n[a]: <\($0)> 'title'" }, { "[a][]\n\n[A]:\n\($0)" },
        { "![a]\n\n[a]: \($0)" },
        { "[![a](\($0))](\($0))" }, { "<\($0)>" },
    ]

    @Test(arguments: destinations)
    func aDestinationThatIsNotAllowedIsNoLink(_ destination: String) throws {
        for form in InjectionTests.forms {
            let page = try Drawn(form(destination))
            // Nothing but what was written out in full may be left of it.
            let isHarmless = page.links.allSatisfy { $0.hasPrefix("mailto:") && $0.hasSuffix("example.com") }
            #expect(page.links.isEmpty || isHarmless, "\(form(destination)): \(page.html)")
            #expect(page.tags.allSatisfy { $0.name != "img" }, "\(page.html)")
            #expect(page.strays == 0, "\(page.html)")
        }
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "a <script>alert(1)</script> b", "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
        "<img src=x onerror=alert(1)>", "<img src=\"x` `<script>alert(1)</script>\"` `>", "<svg onload=alert(1)>",
        "<svg><script>alert&#40;1)</script>", "<iframe src=javascript:alert(1)>", "<body onload=alert(1)>",
        "<a href=\"javascript:alert(1)\">a</a>", "<a onmouseover=alert(1)>a</a>",
        "<math href=\"javascript:alert(1)\">a",
        "<style>@import '//evil.example/a.css'</style>", "<link rel=stylesheet href=//evil.example>",
        "<base href=//evil.example>", "<meta http-equiv=refresh content=\"0;url=//evil.example\">", "<form action=//e>",
        "<input autofocus onfocus=alert(1)>", "<details open ontoggle=alert(1)>", "<video><source onerror=alert(1)>",
        "<object data=//evil.example>", "<embed src=//evil.example>", "<plaintext>", "<xmp><script>alert(1)</script>",
        "<!--<img src=\"--><img src=x onerror=alert(1)//\">", "<![CDATA[<script>alert(1)</script>]]>",
        "<?xml version=\"1.0\"?><script>alert(1)</script>", "<!DOCTYPE html [<!ENTITY a \"b\">]>", "<x\u{0}y onload=a>",
        "<<script>alert(1)//<</script>", "<scr<script>ipt>alert(1)</scr</script>ipt>", "</textarea><script>1</script>",
        "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;alert(1)", "&amp;lt;script&amp;gt;",
        "\u{FF1C}script\u{FF1E}",
        "`<script>alert(1)</script>`", "```<script>\n</code></pre><script>alert(1)</script>\n```",
        "    </code></pre><script>alert(1)</script>", "|<script>alert(1)</script>|\n|-|\n|<img onerror=alert(1)>|",
        "# <script>alert(1)</script>", "> <script>\n> alert(1)", "- <script>alert(1)</script>", "**<script>**alert(1)",
        "~~<script>~~", "[<script>alert(1)</script>](/a)", "![<img onerror=alert(1)>](../pictures/a.avif)",
        "![\" onerror=\"alert(1)](../pictures/help-keys-en.avif)",
    ])
    func whatLooksLikeHTMLIsText(_ source: String) throws {
        let page = try Drawn(source)
        #expect(page.strays == 0, "\(page.html)")
        let ours: Set = [
            "p", "em", "strong", "del", "code", "pre", "ul", "li", "blockquote", "h2", "table", "thead", "tbody", "tr",
            "th", "td", "a", "img", "picture", "source", "figure", "br", "hr",
        ]
        let allowed: Set = [
            "href", "rel", "scope", "src", "srcset", "sizes", "media", "alt", "width", "height", "loading", "decoding",
        ]
        for tag in page.tags {
            #expect(ours.contains(tag.name) && allowed.isSuperset(of: tag.attributes.keys), "\(page.html)")
        }
        #expect(page.links.allSatisfy { $0 == "/a" }, "\(page.html)")
    }

    @Test(arguments: [
        "[a](/x\"onmouseover=\"alert(1))", "[a](https://example.com/\"onmouseover=\"alert(1))",
        "[a](https://example.com/'><script>alert(1)</script>)", "[a](/x 'title\" onclick=\"alert(1)')",
        "https://example.com/\"onmouseover=\"alert(1)", "https://example.com/<script>alert(1)</script>",
        "[a](https://example.com/&quot;onclick=alert&lpar;1&rpar;)", "<https://example.com/\"onclick=alert(1)>",
        "[a]: /x\"onclick=alert(1)\n\n[a]", "[a](/x` `onclick=alert(1))",
    ])
    func anAddressCannotEndItsAttribute(_ source: String) throws {
        let page = try Drawn(source)
        #expect(page.strays == 0, "\(page.html)")
        for tag in page.tags { #expect(Set(tag.attributes.keys).isSubset(of: ["href", "rel"]), "\(page.html)") }
        #expect(page.links.allSatisfy { !$0.contains("\"") && !$0.contains("<") }, "\(page.html)")
    }

    @Test(arguments: [
        "../pictures/../../etc/a.avif", "/assets/a.avif", "https://evil.example/a.avif", "../pictures/a.svg", "a.png",
        "../pictures/A.avif", "..avif", "../pictures/a.avif?b", "%2e%2e/a.avif", "../pictures//evil.example/a.avif",
    ])
    func aPictureThatIsNotOursIsItsDescription(_ address: String) throws {
        let page = try Drawn("![What it shows](\(address))")
        #expect(page.html == "<p>What it shows</p>\n")
    }
}
