import KeyCore
import Testing

@testable import Portal

@Suite struct PhrasesTests {
    @Test(arguments: [
        (0, "0 ключей"), (1, "1 ключ"), (2, "2 ключа"), (4, "4 ключа"), (5, "5 ключей"), (11, "11 ключей"),
        (12, "12 ключей"), (14, "14 ключей"), (21, "21 ключ"), (22, "22 ключа"), (25, "25 ключей"),
        (100, "100 ключей"), (101, "101 ключ"), (111, "111 ключей"), (1001, "1001 ключ"), (10_000, "10000 ключей"),
    ])
    func russianCountsByTheLastTwoDigits(count: Int, expected: String) {
        #expect(Phrases.russian.delete.manyButton(count) == "Удалить \(expected)")
    }

    @Test(arguments: [(1, "Delete 1 key"), (2, "Delete 2 keys"), (11, "Delete 11 keys"), (21, "Delete 21 keys")])
    func englishKnowsOneAndMany(count: Int, expected: String) {
        #expect(Phrases.english.delete.manyButton(count) == expected)
    }

    @Test(arguments: Language.allCases)
    func everyRefusalHasASentenceThatSaysWhatToDo(language: Language) {
        for code in Refusal.Code.allCases {
            let sentence = Phrases.of(language).refusal(code)
            #expect(sentence.hasSuffix("."), "\(code): \(sentence)")
            #expect(sentence.contains("_") == false, "\(code): \(sentence)")
        }
    }
}
