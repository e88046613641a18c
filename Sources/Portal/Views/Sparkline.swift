import KeyCore

/// How often a key was used on each of the last days, small enough for a row: a bar a day, the busiest the tallest.
struct Sparkline {
    private static let height = 16
    private static let step = 3

    let reader: Reader
    let uses: DailyUses

    /// Its size stands in attributes, since pages allow no inline styles.
    var html: HTML {
        let (width, height) = (DailyUses.days * Sparkline.step, Sparkline.height)
        return """
            <svg class="spark" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" role="img">\
            <title>\(reader.phrases.keysPage.usesInDays(uses.total, DailyUses.days))</title>\
            <path d="\(bars)"/><path class="ground" d="M0 \(height)h\(width)"/></svg>
            """
    }

    /// A day without uses has no bar; a single use among thousands is still seen.
    private var bars: String {
        let counts = uses.byDay.map(\.count)
        let peak = max(counts.max() ?? 0, 1)
        return counts.enumerated().filter { $0.element > 0 }.map { index, count in
            "M\(index * Sparkline.step + 1) \(Sparkline.height)v-\(max(2, Sparkline.height * count / peak))"
        }.joined()
    }
}
