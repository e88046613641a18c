import KeyCore
import Testing

@testable import Portal

@Suite struct SparklineTests {
    private static let noon = Timestamp(milliseconds: 1_764_072_000_000)

    private func chart(_ counts: [Int: Int], in language: Language = .english) -> String {
        var uses = DailyUses(at: SparklineTests.noon)
        for (daysAgo, count) in counts { uses.add(count, on: uses.today - daysAgo) }
        let reader = Reader(language: language, timeZone: .gmt, now: SparklineTests.noon)
        return Sparkline(reader: reader, uses: uses).html.source
    }

    @Test(arguments: [
        (Language.english, 412, "412 requests in 30 days"), (.english, 1, "1 request in 30 days"),
        (.russian, 412, "412 запросов за 30 дней"), (.russian, 1, "1 запрос за 30 дней"),
        (.russian, 3, "3 запроса за 30 дней"),
    ])
    func itsNameTellsTheNumber(_ language: Language, _ count: Int, _ name: String) {
        #expect(chart([0: count], in: language).contains("<title>\(name)</title>"))
    }

    @Test func theBusiestDayIsTheTallestAndNoUseIsTooFewToSee() {
        let chart = chart([29: 1000, 1: 500, 0: 1])
        #expect(chart.contains("d=\"M1 16v-16M85 16v-8M88 16v-2\""))
    }

    @Test func itNeedsNoStyle() {
        #expect(!chart([0: 1]).contains("style"))
        #expect(chart([:]).contains("d=\"\"") && chart([:]).contains("0 requests"))
    }
}
