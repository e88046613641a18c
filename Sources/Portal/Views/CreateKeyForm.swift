import KeyCore

/// Step one of creating a key: its name, its last day and its rights. In the window, and on a page of its own without scripts.
struct CreateKeyForm {
    static let fields = ["name", "expires_on"]

    let reader: Reader
    /// Whose form it is: it makes no key for the next who logs in at the same browser, nor is what one person typed
    /// offered to them.
    var user: ID<User>
    var rights: RightsField
    var faults = Faults.none
    var name = ""
    /// What was typed as the last day; `nil` for the longest life.
    var lastDay: String?

    private var words: Phrases.Create { reader.phrases.create }

    var html: HTML {
        """
        <form class="sheet" method="post" action="/settings/keys" data-create="\(user.description)">
        <input type="hidden" name="user_id" value="\(user.description)">
        <header><h2 id="create-title">\(words.title)</h2></header>
        <div class="note bad" role="alert" data-create-note>\(faults.general.map(reader.phrases.refusal) ?? "")</div>
        \(nameField)
        \(dayField)
        \(rights.html)
        <div class="actions">
        <button class="button" form="back-to-keys" data-closes>\(reader.phrases.common.cancel)</button>
        <button class="button primary" type="submit">\(reader.phrases.keys.createKey)</button>
        </div>
        </form>
        """
    }

    private var nameField: HTML {
        Field(
            name: "name", label: reader.phrases.keys.name, value: name, hint: words.nameHint,
            attributes: " placeholder=\"\(words.namePlaceholder)\" dir=\"auto\" spellcheck=\"false\""
        ).html(faults, reader.phrases, isFirstFault: isFirstFault("name"))
    }

    private var dayField: HTML {
        let fault = faults.sentence(for: "expires_on", reader.phrases)
        return """
            <div class="field">
            <label for="expires_on">\(reader.phrases.keys.expires)</label>
            <input class="input" id="expires_on" name="expires_on" type="date" required \
            min="\(reader.today.description)" max="\(latest.description)" value="\(lastDay ?? latest.description)" \
            aria-describedby="expires_on-words expires_on-fault"\(if: fault != nil, " aria-invalid=\"true\"")\
            \(if: isFirstFault("expires_on"), " autofocus")>
            <div class="chips" role="group" aria-label="\(words.presets)">\(chips)</div>
            <p class="hint" id="expires_on-words" data-day-words>\(inWords)</p>
            \(Parts.fault("expires_on", fault))
            </div>
            """
    }

    private func isFirstFault(_ field: String) -> Bool {
        faults.isFirst(field, among: CreateKeyForm.fields)
    }

    private var latest: Day { Expiry.latest(now: reader.now, in: reader.timeZone) }

    private var inWords: String {
        let day = lastDay.map { Day($0) } ?? latest
        return day.map { words.worksThrough(reader.inWords($0), reader.zoneName) } ?? ""
    }

    /// Of no use without scripts, so scripts show them.
    private var chips: [HTML] {
        let today = reader.today
        let presets = [
            (words.in30Days, today.adding(days: 30)), (words.in90Days, today.adding(days: 90)),
            (words.in6Months, today.adding(months: 6)), (words.inOneYear, latest),
        ]
        return presets.map { label, day in
            """
            <button class="chip" type="button" hidden data-day="\(day.description)" \
            aria-pressed="\(day == latest ? "true" : "false")">\(label)</button>
            """
        }
    }
}

extension Day {
    /// The same day some months later; the month's last day where it has no such day.
    fileprivate func adding(months: Int) -> Day {
        let index = year * 12 + month - 1 + months
        let last = (28...31).reversed().lazy.compactMap { Day(year: index / 12, month: index % 12 + 1, day: $0) }.first
        return Day(year: index / 12, month: index % 12 + 1, day: day) ?? last ?? self
    }
}
