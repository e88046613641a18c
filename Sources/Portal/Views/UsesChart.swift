import KeyCore

/// How often all keys of a person were used on each of the last days: a bar a day, the same as a table for those who
/// cannot see it, and in words for everybody.
struct UsesChart {
    private static let height = 96
    private static let step = 20
    private static let bar = 14

    let reader: Reader
    let uses: DailyUses

    private var words: Phrases.Main { reader.phrases.main }

    var html: HTML {
        guard let peak = uses.byDay.max(by: { $0.count < $1.count }), peak.count > 0 else {
            return "<p class=\"quiet\">\(words.noUses)</p>"
        }
        let total = words.usesInDays(uses.total, reader.number(uses.total))
        let most = words.peak(reader.number(peak.count), date(peak.day))
        return """
            <p class="uses-total"><strong class="figures">\(total)</strong> <span class="quiet">\(most)</span></p>
            <figure class="uses">
            \(drawing(words.chart(total, most), peak: peak.count))
            <figcaption><span>\(date(uses.byDay[0].day))</span><span>\(words.daysInUTC)</span>\
            <span>\(date(Timestamp(dayNumber: uses.today)))</span></figcaption>
            </figure>
            \(table)
            """
    }

    /// The sizes stand in attributes, since pages allow no inline styles.
    private func drawing(_ name: String, peak: Int) -> HTML {
        let bars = uses.byDay.enumerated().map { index, day -> HTML in
            // A day with a single use is seen too, and a day with none marks the ground.
            let height = day.count == 0 ? 2 : max(4, UsesChart.height * day.count / peak)
            return """
                <rect\(if: day.count == 0, " class=\"none\"") x="\(index * UsesChart.step + 3)" \
                y="\(UsesChart.height - height)" width="\(UsesChart.bar)" height="\(height)">\
                <title>\(date(day.day)): \(reader.number(day.count))</title></rect>
                """
        }
        return """
            <svg viewBox="0 0 \(DailyUses.days * UsesChart.step) \(UsesChart.height)" preserveAspectRatio="none" \
            role="img" aria-label="\(name)">\(bars)</svg>
            """
    }

    private var table: HTML {
        let rows = uses.byDay.map { day -> HTML in
            "<tr><th scope=\"row\">\(date(day.day))</th><td>\(reader.number(day.count))</td></tr>"
        }
        return """
            <div class="unseen"><table><caption>\(words.tableCaption)</caption>
            <thead><tr><th scope="col">\(words.day)</th><th scope="col">\(words.uses)</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """
    }

    private func date(_ day: Timestamp) -> String {
        reader.date(Day(day, in: .gmt))
    }
}
