import Testing

@testable import KeyCore

struct NameTableTests {
    @Test func everyNameFindsItsOwnValueAndNoOther() {
        var table = NameTable<Int>()
        let names = (0..<1_000).map { Array("part-\($0)".utf8) }
        for (number, name) in names.enumerated() { table[name] = number }
        let found = names.map { table[$0] }
        #expect(found == Array(0..<1_000))
        for stranger in ["", "part", "part-", "part-1000", "Part-1", "part-1 ", "part-\u{0}"] {
            let value = table[Array(stranger.utf8)]
            #expect(value == nil)
        }
    }

    @Test func nameThatIsSetAgainHasTheNewValue() {
        var table = NameTable<String>()
        table[Array("a".utf8)] = "old"
        table[Array("".utf8)] = "empty"
        table[Array("a".utf8)] = "new"
        let values = [table[Array("a".utf8)], table[Array("".utf8)]]
        #expect(values == ["new", "empty"])
    }

    @Test func tableWithoutNamesHasNone() {
        let value = NameTable<Int>()[Array("a".utf8)]
        #expect(value == nil)
    }
}
