import Foundation
import KeyCore

/// The one who reads a page: their language, their time zone and the moment at which they look.
///
/// Everything that is said about time is said from here; no view asks a clock.
struct Reader: Sendable {
    let language: Language
    let timeZone: TimeZone
    let now: Timestamp

    var phrases: Phrases { .of(language) }

    /// "22 Nov 2026", "22 нояб. 2026".
    func date(_ day: Day) -> String {
        noon(of: day).formatted(short(.gmt))
    }

    /// The day of a moment in the reader's time zone.
    func date(_ moment: Timestamp) -> String {
        moment.date.formatted(short(timeZone))
    }

    /// "22 Nov, 17:13:20": a moment among others of the last days.
    func dateAndTime(_ moment: Timestamp) -> String {
        let style = Date.VerbatimFormatStyle(
            format: """
                \(day: .defaultDigits) \(month: .abbreviated), \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\
                \(minute: .twoDigits):\(second: .twoDigits)
                """, locale: locale, timeZone: timeZone, calendar: Reader.calendar(timeZone))
        return moment.date.formatted(style)
    }

    /// "22 November 2026 at 17:13:20 GMT+3": what one sees who wants to know exactly.
    func exactly(_ moment: Timestamp) -> String {
        let style = Date.FormatStyle(locale: locale, timeZone: timeZone)
            .day().month(.wide).year().hour(.twoDigits(amPM: .omitted)).minute(.twoDigits).second(.twoDigits)
            .timeZone(.specificName(.short))
        return moment.date.formatted(style)
    }

    /// "20:41", in the reader's time zone.
    func clock(_ moment: Timestamp) -> String {
        let style = Date.VerbatimFormatStyle(
            format: "\(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits)",
            locale: locale, timeZone: timeZone, calendar: Reader.calendar(timeZone))
        return moment.date.formatted(style)
    }

    /// "Monday, 22 November 2027".
    func inWords(_ day: Day) -> String {
        let style = Date.FormatStyle(
            date: .complete, time: .omitted, locale: locale, calendar: Reader.calendar(.gmt), timeZone: .gmt)
        return noon(of: day).formatted(style)
    }

    /// "3 minutes ago", and "just now" within the last minute or when clocks disagree.
    func ago(_ moment: Timestamp) -> String {
        guard now.since(moment) >= .minutes(1) else { return phrases.common.justNow }
        let style = Date.AnchoredRelativeFormatStyle(
            anchor: moment.date, presentation: .numeric, unitsStyle: .wide, locale: locale)
        return style.format(now.date)
    }

    /// "in 12 days", "today", "3 days ago".
    func distance(to day: Day) -> String {
        let days = daysUntil(day)
        if days == 0 { return phrases.common.today }
        return days > 0 ? phrases.common.inDays(days) : phrases.common.daysAgo(-days)
    }

    func daysUntil(_ day: Day) -> Int {
        let seconds = noon(of: day).timeIntervalSince(noon(of: today))
        return Int((seconds / 86_400).rounded())
    }

    var today: Day { Day(now, in: timeZone) }

    /// 0 to 23, in the reader's time zone.
    var hour: Int { Reader.calendar(timeZone).component(.hour, from: now.date) }

    /// "Moscow Time", "Москва".
    var zoneName: String {
        if timeZone.identifier == "GMT" { return "UTC" }
        return timeZone.localizedName(for: .shortGeneric, locale: locale) ?? timeZone.identifier
    }

    /// "10,000", "10 000".
    func number(_ number: Int) -> String {
        number.formatted(.number.locale(locale))
    }

    /// English with the day before the month, as the dates are written everywhere in the account.
    var locale: Locale {
        switch language {
        case .english: Locale(identifier: "en_GB")
        case .russian: Locale(identifier: "ru_RU")
        }
    }

    private func short(_ timeZone: TimeZone) -> Date.VerbatimFormatStyle {
        Date.VerbatimFormatStyle(
            format: "\(day: .defaultDigits) \(month: .abbreviated) \(year: .defaultDigits)", locale: locale,
            timeZone: timeZone, calendar: Reader.calendar(timeZone))
    }

    private func noon(of day: Day) -> Date {
        let parts = DateComponents(year: day.year, month: day.month, day: day.day, hour: 12)
        return Reader.calendar(.gmt).date(from: parts) ?? now.date
    }

    private static func calendar(_ timeZone: TimeZone) -> Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        return calendar
    }
}
