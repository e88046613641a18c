import KeyCore

/// Step two: the key, this once. In the window it waits empty for its key; on a page of its own it has one.
struct RevealSheet {
    /// What is shown, on a page of its own.
    struct Shown {
        let id: ID<Key>
        let secret: Secret
    }

    let reader: Reader
    /// Whose key it is: another person may log in at the same browser meanwhile.
    let user: ID<User>
    /// The address under which programs reach the service.
    let publicURL: String
    let variable: KeyVariable
    var shown: Shown?

    private var words: Phrases.Reveal { reader.phrases.reveal }

    var html: HTML {
        """
        <form class="sheet reveal" method="post" action="/settings/keys/\(shown?.id.description ?? "-")/confirm" \
        data-reveal data-person="\(user.description)"\(if: shown == nil, " inert")\(if: shown != nil, " data-id=\"\(shown?.id.description ?? "")\"")>
        <header><h2 id="reveal-title">\(words.title)</h2><p class="quiet">\(words.text)</p></header>
        \(secret)
        <div class="confirming">
        <label class="check"><input type="checkbox" name="copied" required>\(words.haveCopied)</label>
        <div class="note bad" role="alert" data-reveal-note></div>
        <p class="hint">\(words.startsWhenConfirmed)</p>
        </div>
        \(call)
        <div class="actions">
        <p class="waiting" role="status" data-waiting data-zone="\(reader.timeZone.identifier)"></p>
        <button class="button primary" data-done-button>\(words.done)</button></div>
        </form>
        """
    }

    /// The field holds the key also where a script has dots drawn in its place. Without scripts nothing hides it.
    private var secret: HTML {
        """
        <div class="field">
        <label for="new-key">\(words.key)</label>
        <div class="secret">
        <textarea id="new-key" rows="1" readonly autocomplete="off" spellcheck="false" translate="no" \
        data-key>\(shown?.secret.revealed ?? "")</textarea>
        <div class="secret-tools">
        <button class="icon-button" type="button" aria-label="\(words.showKey)" aria-pressed="true" data-shows hidden>\
        \(Icon.eye.html(class: "hidden-icon"))\(Icon.eyeClosed.html(class: "shown-icon"))</button>
        <button class="icon-button" type="button" aria-label="\(words.copyKey)" data-copies="[data-key]">\
        \(RevealSheet.copyIcons)</button>
        </div>
        </div>
        <div class="secret-line">
        <button class="button plain" type="button" data-saves data-variable="\(variable.name)" \
        data-file="\(variable.fileName)" hidden>\(Icon.download.html)\(words.download)</button>
        <span class="copy-words" role="status" data-copy-words></span>
        </div>
        </div>
        """
    }

    /// Tabs without scripts: of the panels one sees the one whose radio button is chosen.
    private var call: HTML {
        """
        <fieldset class="call">
        <legend class="small quiet">\(words.tryIt(variable.name))</legend>
        <div class="tabs">
        \(Snippet.all.map(tab))
        </div>
        </fieldset>
        """
    }

    private func tab(_ snippet: Snippet) -> HTML {
        let isFirst = snippet.id == Snippet.all[0].id
        return """
            <input type="radio" name="snippet" id="tab-\(snippet.id)" value="\(snippet.id)"\(if: isFirst, " checked")>\
            <label for="tab-\(snippet.id)">\(snippet.name)</label>
            <div class="script">\(isFirst ? command(snippet) : program(snippet))
            <button class="icon-button" type="button" aria-label="\(words.copyCommand)" \
            data-copies="#snippet-\(snippet.id)">\(RevealSheet.copyIcons)</button></div>

            """
    }

    /// The one that holds the key: what it puts into the environment the others read.
    private func command(_ snippet: Snippet) -> HTML {
        let line = Snippet.keyLine(variable.name)
        return """
            <pre id="snippet-\(snippet.id)" tabindex="0" translate="no" role="group" aria-label="\(snippet.name)" \
            data-snippet><span>\(line.before)<span data-key-in-command="\(Snippet.keyPlaceholder)">\
            \(shown?.secret.revealed ?? Snippet.keyPlaceholder)</span>\(line.after)</span>
            \(snippet.text(calling: publicURL, with: variable.name))</pre>
            """
    }

    private func program(_ snippet: Snippet) -> HTML {
        """
        <pre id="snippet-\(snippet.id)" tabindex="0" translate="no" role="group" aria-label="\(snippet.name)" \
        data-snippet>\(snippet.text(calling: publicURL, with: variable.name))</pre>
        """
    }

    private static let copyIcons = Icon.copy.html(class: "copy-icon") + Icon.tick.html(class: "tick-icon")
}
