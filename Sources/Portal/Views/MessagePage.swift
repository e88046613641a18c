import KeyCore

/// A page that says one thing: that it is not there, not for the reader or not to be reached, or could not be done.
struct MessagePage {
    /// What has happened, drawn in lines.
    enum Kind {
        case missing, closed, failed, unreachable
    }

    let reader: Reader
    let kind: Kind
    let title: String
    let text: String
    /// What the log knows the request by, for a fault of ours.
    var reference: String?
    /// What one may press; to the main page where nothing helps more.
    var way: (label: String, path: String)?

    var content: HTML {
        """
        <div class="message">
        \(drawing)
        <h1>\(title)</h1>
        <p class="quiet">\(text)</p>
        \(quote)
        <p class="actions">\(link)</p>
        </div>
        """
    }

    private var link: HTML {
        Parts.link(to: way?.path ?? "/", way?.label ?? reader.phrases.failure.toMainPage, "primary")
    }

    private var quote: HTML {
        guard let reference else { return "" }
        return "<p class=\"small quiet\">\(reader.phrases.failure.quote) <code>\(reference)</code></p>"
    }

    private var drawing: HTML {
        """
        <svg class="drawing" viewBox="0 0 96 80" aria-hidden="true" focusable="false">\(lines)</svg>
        """
    }

    private var lines: HTML {
        switch kind {
        // Three hooks and two keys.
        case .missing:
            """
            <path d="M2 6h92M16 6v14M48 6v14M80 6v14"/>
            <circle cx="16" cy="28" r="8"/><path d="M16 36v30M16 57h7M16 63h5"/>
            <circle cx="80" cy="28" r="8"/><path d="M80 36v30M80 57h7M80 63h5"/>
            <g class="lit" stroke-dasharray="3 4"><circle cx="48" cy="28" r="8"/><path d="M48 36v30M48 57h7M48 63h5"/></g>
            """
        // A lock that is shut.
        case .closed:
            """
            <path d="M10 36V25a16 16 0 0 1 32 0v11"/><rect x="2" y="36" width="48" height="36" rx="6"/>
            <g class="lit"><circle cx="26" cy="51" r="4.5"/><path d="M26 55.5V62"/></g>
            """
        // A key in two pieces.
        case .failed:
            """
            <circle cx="17" cy="40" r="15"/><circle cx="13" cy="40" r="4.5"/><path d="M31.5 36H50l-4 4 5 4H31.5"/>
            <path class="lit" d="M57 43h37v18h-7v-9h-6v7h-7v-7H56l5-4z"/>
            """
        // A plug out of its socket.
        case .unreachable:
            """
            <path d="M2 62h6a8 8 0 0 0 8-8V40"/><path d="M16 26h10a12 12 0 0 1 0 24H16zM38 33h9M38 43h9"/>
            <path d="M94 14h-6a8 8 0 0 0-8 8v16"/><path d="M80 26H64v24h16z"/>
            <path class="lit" d="M55 20v-9M48 23l-5-7M62 18l4-6M55 56v9M48 54l-5 7M62 58l4 6"/>
            """
        }
    }
}
