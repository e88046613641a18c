import KeyCore

/// Where a person is signed in, and the buttons that end it.
struct SessionsCard {
    static let path = "/settings/sessions"
    static let othersPath = "/settings/sessions/end-others"

    let reader: Reader
    /// The last seen first.
    let sessions: [Session]
    let current: Caller.Means

    private var words: Phrases.Sessions { reader.phrases.sessions }

    var html: HTML {
        // The one that looks stands first, whatever was seen since.
        let own = sessions.filter(isCurrent)
        let others = sessions.filter { !isCurrent($0) }
        return """
            <section class="card sessions" id="sessions" aria-labelledby="sessions-title">
            <header class="part"><h2 id="sessions-title">\(words.title)</h2>
            \(if: !others.isEmpty, "<p class=\"quiet small\">\(words.text)</p>")</header>
            <ul class="rows">\((own + others).map(row))
            \(if: !others.isEmpty, """
                <li><div class="row">\(Parts.link(to: SessionsCard.othersPath, words.signOutOthers, "quiet-danger"))</div></li>
                """)</ul>
            </section>
            """
    }

    private func isCurrent(_ session: Session) -> Bool { current == .session(session.digest) }

    private func row(_ session: Session) -> HTML {
        let name = words.browser(session.agent)
        return """
            <li><div class="row">\(Icon.globe.html)
            <div class="grow"><strong><bdi\(title(session))>\(name)</bdi></strong>
            <p class="quiet small">\(facts(session))</p></div>
            \(isCurrent(session) ? "<span class=\"badge good\">\(words.thisSession)</span>" : signOut(session, name))
            </div></li>

            """
    }

    /// What was said of the browser in full, for those who know how to read it.
    private func title(_ session: Session) -> HTML {
        session.agent.map { " title=\"\($0)\"" } ?? ""
    }

    private func facts(_ session: Session) -> HTML {
        let address = session.address.map { address -> HTML in "<bdi>\(address)</bdi> · " } ?? ""
        return "\(address)\(words.since(reader.date(session.createdAt)))\(activity(session))"
    }

    /// A sight is written down once an hour, and nothing more exact is claimed.
    private func activity(_ session: Session) -> HTML {
        if isCurrent(session) { return "" }
        let isRecent = reader.now.since(session.seenAt) < Session.seenPrecision
        return " · \(isRecent ? words.inTheLastHour : words.lastActive(reader.ago(session.seenAt)))"
    }

    private func signOut(_ session: Session, _ name: String) -> HTML {
        """
        <form method="post" action="\(SessionsCard.path)/\(session.id.description)/end">
        <button class="button" aria-label="\(words.signOutOf(name))">\(words.signOut)</button></form>
        """
    }
}

/// Asks once more before all other sessions end.
struct EndSessionsPage {
    let reader: Reader
    let others: Int

    private var words: Phrases.Sessions { reader.phrases.sessions }

    var content: HTML {
        """
        \(Crumbs(reader, [Crumbs.Step(words.signOutOthers)]).html)
        <div class="card"><form class="sheet" method="post" action="\(SessionsCard.othersPath)">
        <header><h1 class="asking">\(words.askTitle)</h1><p class="quiet">\(words.askText(others))</p></header>
        <div class="actions">
        \(Parts.link(to: "/settings#sessions", reader.phrases.common.cancel))
        <button class="button danger">\(words.signOutOthers)</button>
        </div>
        </form></div>
        """
    }
}
