import KeyCore

/// A page that says one thing: that it is not there, that it is not for the reader, or that it could not be done.
struct MessagePage {
    /// What has happened, drawn in lines.
    enum Kind {
        case missing, closed, failed
    }

    let reader: Reader
    let kind: Kind
    let title: String
    let text: String
    /// What the log knows the request by, for a fault of ours.
    var reference: String?

    var content: HTML {
        """
        <div class="message">
        \(drawing)
        <h1>\(title)</h1>
        <p class="quiet">\(text)</p>
        \(quote)
        <p class="actions">\(Parts.link(to: "/", reader.phrases.failure.toMainPage, "primary"))</p>
        </div>
        """
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
        }
    }
}
