import KeyCore

/// Step two: the key, this once. In the window it waits empty for its key; on a page of its own it has one.
struct RevealSheet {
    /// What is shown, on a page of its own.
    struct Shown {
        let id: ID<Key>
        let secret: Secret
    }

    let reader: Reader
    /// The address under which programs reach the service.
    let publicURL: String
    var shown: Shown?

    private var words: Phrases.Reveal { reader.phrases.reveal }

    var html: HTML {
        """
        <form class="sheet" method="post" action="/settings/keys/\(shown?.id.description ?? "-")/confirm" data-reveal\
        \(if: shown == nil, " inert")\(if: shown != nil, " data-id=\"\(shown?.id.description ?? "")\"")>
        <header><h2 id="reveal-title">\(words.title)</h2><p class="quiet">\(words.text)</p></header>
        \(secret)
        <div class="note bad" role="alert" data-reveal-note></div>
        <label class="check"><input type="checkbox" name="copied" required>\(words.haveCopied)</label>
        \(call)
        <div class="actions"><button class="button primary" data-done-button>\(words.done)</button></div>
        </form>
        """
    }

    private var secret: HTML {
        """
        <div class="field">
        <div class="label-line"><label for="new-key">\(words.key)</label>\
        <span class="copy-words" role="status" data-copy-words></span></div>
        <div class="secret">
        <textarea id="new-key" rows="1" readonly autocomplete="off" spellcheck="false" translate="no" \
        data-key>\(shown?.secret.revealed ?? "")</textarea>
        <button class="icon-button" type="button" aria-label="\(words.copyKey)" data-copies="[data-key]">\
        \(RevealSheet.copyIcons)</button>
        </div>
        </div>
        """
    }

    private var call: HTML {
        let template = "curl -H 'Authorization: Bearer {key}' \(publicURL)/v1/verify"
        let command = shown.map { template.replacing("{key}", with: $0.secret.revealed) } ?? template
        return """
            <div class="call">
            <p class="small quiet">\(words.tryIt)</p>
            <div class="script"><pre tabindex="0" translate="no" aria-label="\(words.tryIt)" role="group" data-command \
            data-template="\(template)">\(command)</pre>
            <button class="icon-button" type="button" aria-label="\(words.copyCommand)" data-copies="[data-command]">\
            \(RevealSheet.copyIcons)</button></div>
            <p class="waiting" role="status" data-waiting>\(words.startsWhenConfirmed)</p>
            </div>
            """
    }

    private static let copyIcons = Icon.copy.html(class: "copy-icon") + Icon.tick.html(class: "tick-icon")
}
