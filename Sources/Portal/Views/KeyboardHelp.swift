/// The keys of the keyboard that the API keys page knows: the list of them, and the button that opens it. Both are of
/// no use without scripts, so scripts show them.
struct KeyboardHelp {
    let reader: Reader

    private var words: Phrases.KeysPage { reader.phrases.keysPage }

    var button: HTML {
        """
        <p class="shortcuts-line"><button class="button plain" type="button" data-shortcuts hidden>\
        \(words.shortcuts) <kbd aria-hidden="true">?</kbd></button></p>
        """
    }

    /// Keys of one character get in the way of people who speak to their computer or touch keys by accident: they
    /// can be switched off (WCAG 2.1.4).
    var window: HTML {
        """
        <dialog class="window narrow" id="shortcuts-window" aria-labelledby="shortcuts-title">
        <form class="sheet" method="dialog">
        <header><h2 id="shortcuts-title">\(words.shortcuts)</h2>
        <p class="quiet small">\(words.shortcutsText)</p></header>
        <dl class="shortcuts">\(keys)</dl>
        <label class="check"><input type="checkbox" data-switch checked>\(words.useShortcuts)</label>
        <div class="actions"><button class="button" autofocus>\(reader.phrases.common.close)</button></div>
        </form>
        </dialog>
        """
    }

    private var keys: [HTML] {
        let list: [(caps: [String], meaning: String)] = [
            (["/"], words.shortcutSearch), (["n"], words.shortcutNew), (["↑", "↓"], words.shortcutMove),
            (["x"], words.shortcutSelect), (["Delete"], words.shortcutDelete), (["?"], words.shortcutHelp),
        ]
        return list.map { caps, meaning in
            let caps = caps.map { cap -> HTML in "<kbd>\(cap)</kbd>" }
            return "<div><dt>\(caps)</dt><dd>\(meaning)</dd></div>\n"
        }
    }
}
