import Foundation
import Testing

@testable import Portal

@Suite struct HTMLTests {
    @Test func whatIsInterpolatedCannotBecomeATagOrEndAnAttribute() {
        let name = #"<script>alert('1')</script>" onload="x" &amp;"#
        let html: HTML = "<p title=\"\(name)\">\(name)</p>"
        #expect(
            html.source.contains("<script") == false
                && html.source.components(separatedBy: "\"").count == 3, "\(html.source)")
        #expect(html.source.contains("&amp;amp;"))
    }

    @Test func piecesAreSplicedAsTheyAre() {
        let inner: HTML = "<b>\("a < b")</b>"
        let outer: HTML = "<p>\(inner)\([inner, inner])\(7)</p>"
        #expect(outer.source == "<p><b>a &lt; b</b><b>a &lt; b</b><b>a &lt; b</b>7</p>")
    }
}
