import KeyCore
import Markdown
import Testing

@Suite struct MarkdownTests {
    @Test(arguments: [
        ("# One\n\n### Three", "<h2>One</h2>\n<h3>Three</h3>\n"),
        ("A *b* **c** ~~d~~ `e`", "<p>A <em>b</em> <strong>c</strong> <del>d</del> <code>e</code></p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n"),
        ("1. a\n\n   b", "<ol>\n<li><p>a</p>\n<p>b</p>\n</li>\n</ol>\n"),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>\n"),
        ("```sh\na < b\n```", "<pre><code>a &lt; b\n</code></pre>\n"),
        ("a\\\nb\nc", "<p>a<br>b\nc</p>\n"),
        ("***", "<hr>\n"),
        (
            "|a|b|\n|-|-|\n|1|2|",
            "<table>\n<thead><tr><th scope=\"col\">a</th><th scope=\"col\">b</th></tr></thead>\n<tbody>\n"
                + "<tr><td>1</td><td>2</td></tr>\n</tbody>\n</table>\n"
        ),
        ("[a](/help#b)", "<p><a href=\"/help#b\">a</a></p>\n"),
        (
            "[a *b*][x]\n\n[x]: https://example.com/?a=1&b=2",
            "<p><a href=\"https://example.com/?a=1&amp;b=2\" rel=\"nofollow noopener\">a <em>b</em></a></p>\n"
        ),
        ("", ""),
    ])
    func drawsCommonMark(_ source: String, _ html: String) throws {
        let made = try drawn(source)
        #expect(made == html)
    }

    @Test(arguments: [
        ("See https://example.com/a_b, now", "https://example.com/a_b"),
        ("(https://example.com/a)", "https://example.com/a"),
        ("https://example.com/a_(b)", "https://example.com/a_(b)"),
        ("http://example.com.", "http://example.com"),
        ("<https://example.com>", "https://example.com"),
        ("<ann@example.com>", "mailto:ann@example.com"),
        ("https://example.com/ключ", "https://example.com/%D0%BA%D0%BB%D1%8E%D1%87"),
    ])
    func anAddressThatIsWrittenOutIsALink(_ source: String, _ address: String) throws {
        let links = try Drawn(source).links
        #expect(links == [address])
    }

    @Test(arguments: ["xhttps://example.com", "`https://example.com`", "https://", "http", "\\<https://a@b.example>"])
    func whatOnlyLooksLikeAnAddressIsNone(_ source: String) throws {
        let links = try Drawn(source).links
        #expect(links == [])
    }

    @Test func aLinkHoldsNoOther() throws {
        let links = try Drawn("[see https://example.com/a](https://example.com/b)").links
        #expect(links == ["https://example.com/b"])
    }

    @Test func nothingButTwentyThousandCodePointsIsRead() {
        let longest = Result { () throws(Prose.Fault) in try Markdown.prose(String(repeating: "я", count: 20_000)) }
        #expect(longest == .success(Prose(blocks: [.paragraph([.text(String(repeating: "я", count: 20_000))])])))
        let longer = Result { () throws(Prose.Fault) in try Markdown.prose(String(repeating: "я", count: 20_001)) }
        #expect(longer == .failure(.tooLong))
    }

    @Test(arguments: [
        String(repeating: "> ", count: 9_000) + "a", String(repeating: "- ", count: 9_000) + "a",
        String(repeating: "*a **a ", count: 2_000) + String(repeating: "a** a*", count: 1_000),
        String(repeating: "![", count: 4_000) + "a" + String(repeating: "](b)", count: 2_000),
    ])
    func whatIsNestedTooDeepIsNotRead(_ source: String) {
        let read = Result { () throws(Prose.Fault) in try Markdown.prose(source) }
        #expect(read == .failure(.tooDeep))
    }

    /// Each of these made a parser of this family slow or its answer huge.
    @Test(arguments: [
        "|" + String(repeating: "a|", count: 3_000) + "\n|" + String(repeating: "-|", count: 3_000)
            + String(repeating: "\na", count: 3_900),
        "[a]: /" + String(repeating: "b", count: 1_900) + "\n\n" + String(repeating: "[a]", count: 5_900),
        String(repeating: "[", count: 20_000), String(repeating: "[a](<b", count: 3_300),
        String(repeating: "`a``b```c", count: 2_200), String(repeating: "a_", count: 10_000),
        String(repeating: "~~a ", count: 5_000), String(repeating: "<!--", count: 5_000),
        String(repeating: "<?", count: 10_000), String(repeating: "&#x26;", count: 3_300),
        String(repeating: "[^a", count: 6_600), String(repeating: "x\n: ", count: 5_000),
    ])
    func whatIsDrawnIsBounded(_ source: String) throws {
        let length = try drawn(source).utf8.count
        #expect(length < 1_000_000)
    }
}

extension Result {
    fileprivate init(_ body: () throws(Failure) -> Success) {
        do throws(Failure) { self = .success(try body()) } catch { self = .failure(error) }
    }
}
