import Foundation
import KeyCore
import Testing

@testable import Portal

@Suite struct PageTextTests {
    @Test func valuesReachPagesOnlyEscaped() {
        let name = "<script>alert('1' & \"2\")</script>"
        let html: HTML = "<p title=\"\(name)\">\(name)</p>"
        #expect(!html.source.contains("<script>"))
        #expect(html.source.hasPrefix("<p title=\"&lt;script&gt;alert(&#39;1&#39; &amp; &quot;2&quot;)"))
    }

    @Test func piecesOfPagesAreNotEscapedTwice() {
        let inner: HTML = "<b>\("R&D")</b>"
        let outer: HTML = "<p>\(inner)\([inner, inner])\(if: false, inner)</p>"
        #expect(outer.source == "<p><b>R&amp;D</b><b>R&amp;D</b><b>R&amp;D</b></p>")
    }

    @Test(
        arguments: [
            (0, "0 ключей"), (1, "1 ключ"), (2, "2 ключа"), (4, "4 ключа"), (5, "5 ключей"), (11, "11 ключей"),
            (12, "12 ключей"), (14, "14 ключей"), (20, "20 ключей"), (21, "21 ключ"), (22, "22 ключа"),
            (111, "111 ключей"), (121, "121 ключ"), (1_002, "1002 ключа"),
        ])
    func russianNounsFollowTheirNumbers(number: Int, words: String) {
        #expect(Phrases.russian.common.keyCount(number) == words)
    }

    @Test func englishNounsFollowTheirNumbers() {
        #expect(Phrases.english.common.keyCount(1) == "1 key")
        #expect(Phrases.english.common.keyCount(21) == "21 keys")
    }

    @Test func everyPhraseIsWrittenInItsOwnLanguage() {
        let (english, russian) = (strings(in: Phrases.english), strings(in: Phrases.russian))
        #expect(english.count > 100)
        #expect(Set(english.keys) == Set(russian.keys))
        for (place, phrase) in english {
            #expect(!phrase.isEmpty && !phrase.contains(/\p{Cyrillic}/), "\(place)")
        }
        for (place, phrase) in russian {
            #expect(phrase.contains(/\p{Cyrillic}/), "\(place)")
        }
    }

    @Test(arguments: Refusal.Code.allCases)
    func everyRefusalHasASentenceInBothLanguages(code: Refusal.Code) {
        #expect(Phrases.english.refusal(code).hasSuffix("."))
        #expect(Phrases.russian.refusal(code).contains(/\p{Cyrillic}.*\.$/))
    }

    /// The phrases without places for values, by group and name.
    private func strings(in phrases: Phrases) -> [String: String] {
        var found: [String: String] = [:]
        for group in Mirror(reflecting: phrases).children {
            for phrase in Mirror(reflecting: group.value).children {
                guard let text = phrase.value as? String, let name = phrase.label else { continue }
                found["\(group.label ?? "").\(name)"] = text
            }
        }
        return found
    }
}
