import Foundation
import KeyCore

/// What is asked before keys are deleted: how many, and whether anything still uses them.
struct DeleteSheet {
    enum Subject {
        /// At least one.
        case some([Key])
        case all(KeySummary)
    }

    /// Deleting more keys than this at once takes a typed word.
    static let wordlessLimit = 10

    let reader: Reader
    /// Whose keys they are: the next who logs in at the same browser deletes none of theirs by it.
    let user: ID<User>
    let subject: Subject
    var faults = Faults.none
    var isWordWrong = false

    private var phrases: Phrases { reader.phrases }
    private var words: Phrases.Delete { reader.phrases.delete }

    var html: HTML {
        """
        <form class="sheet" method="post" action="/settings/keys/delete" data-delete>
        <input type="hidden" name="user_id" value="\(user.description)">
        <header><h2 id="delete-title">\(title)</h2><p class="quiet">\(text)</p></header>
        \(uses)
        \(chosen)
        \(if: asksForWord, wordField)
        <div class="note bad" role="alert" data-delete-note>\(faults.general.map(phrases.refusal) ?? "")</div>
        <div class="actions">
        <button class="button" form="back-to-keys" data-closes>\(phrases.common.cancel)</button>
        <button class="button danger" type="submit">\(verb)</button>
        </div>
        </form>
        """
    }

    /// Whether what was typed is the word, where one is asked for.
    func accepts(word: String) -> Bool {
        let typed = word.trimmingCharacters(in: .whitespaces).lowercased()
        return !asksForWord || typed == words.word
    }

    private var asksForWord: Bool {
        if case .all(let summary) = subject { summary.total > DeleteSheet.wordlessLimit } else { false }
    }

    private var title: HTML {
        switch subject {
        case .some(let keys) where keys.count == 1: words.oneTitle("<bdi>\(keys[0].name.text)</bdi>")
        case .some(let keys): "\(words.someTitle(keys.count))"
        case .all: "\(words.allTitle)"
        }
    }

    private var text: String {
        switch subject {
        case .some(let keys): keys.count == 1 ? words.oneText : words.manyText
        case .all(let summary): words.allText(summary.total) + " " + words.manyText
        }
    }

    private var verb: String {
        switch subject {
        case .some(let keys): keys.count == 1 ? words.oneButton : words.manyButton(keys.count)
        case .all(let summary): words.manyButton(summary.total)
        }
    }

    private var chosen: [HTML] {
        switch subject {
        case .some(let keys): keys.map { "<input type=\"hidden\" name=\"id\" value=\"\($0.id.description)\">" }
        case .all: ["<input type=\"hidden\" name=\"all\" value=\"true\">"]
        }
    }

    private var uses: HTML {
        switch subject {
        case .some(let keys) where keys.count == 1:
            guard let used = keys[0].lastUsedAt else { return "<p>\(words.neverUsed)</p>" }
            return "<p>\(words.lastUsed(Parts.ago(used, reader)))</p>"
        case .some(let keys):
            let recent = keys.filter { key in
                key.lastUsedAt.map { reader.now.since($0) < KeySummary.recentUse } ?? false
            }
            return used(recent.count, names: recent.prefix(KeySummary.namesShown).map(\.name.text))
        case .all(let summary):
            return used(summary.usedLastWeek, names: summary.namesUsedLastWeek)
        }
    }

    private func used(_ count: Int, names: [String]) -> HTML {
        guard count > 0 else { return "<p>\(words.noneUsedLastWeek)</p>" }
        let items = names.map { name -> HTML in "<li><bdi>\(name)</bdi></li>" }
        let rest = count - names.count
        return """
            <div class="note warning">\(Icon.warning.html)<div><p>\(words.usedLastWeek(count))</p>
            <ul class="names">\(items)\(if: rest > 0, "<li>\(words.andMore(rest))</li>")</ul></div></div>
            """
    }

    private var wordField: HTML {
        """
        <div class="field">
        <label for="word">\(words.typeWord(words.word))</label>
        <input class="input" id="word" name="word" autocomplete="off" autocapitalize="none" spellcheck="false" \
        data-expected="\(words.word)" aria-describedby="word-fault"\(if: isWordWrong, " aria-invalid=\"true\" autofocus")>
        \(Parts.fault("word", isWordWrong ? words.wrongWord(words.word) : nil))
        </div>
        """
    }
}
