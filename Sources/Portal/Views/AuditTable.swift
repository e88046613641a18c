import KeyCore

/// The events of a page, day by day.
struct AuditTable {
    let reader: Reader
    let platform: Platform
    let list: AuditList
    let entries: [AuditEntry]
    let names: AuditNames

    private var words: Phrases.Audit { reader.phrases.audit }

    var html: HTML {
        """
        <table class="log">
        <caption class="unseen">\(words.caption)</caption>
        <thead><tr>
        <th scope="col">\(words.when)</th>
        <th scope="col">\(words.whatHappened)</th>
        <th scope="col" class="address">\(words.address)</th>
        </tr></thead>
        \(days.map { day, entries in group(day, entries) })
        </table>
        """
    }

    /// The entries in their order, parted where the reader's day changes.
    private var days: [(day: Day, entries: [AuditEntry])] {
        var days: [(day: Day, entries: [AuditEntry])] = []
        for entry in entries {
            let day = Day(entry.event.occasion.at, in: reader.timeZone)
            if days.last?.day != day { days.append((day, [])) }
            days[days.count - 1].entries.append(entry)
        }
        return days
    }

    private func group(_ day: Day, _ entries: [AuditEntry]) -> HTML {
        let title = reader.inWords(day)
        // Days of the week begin with a small letter in Russian, and headings with a capital.
        let heading = title.prefix(1).uppercased() + title.dropFirst()
        return """
            <tbody>
            <tr><th colspan="3" scope="rowgroup"><time datetime="\(day.description)">\(heading)</time></th></tr>
            \(entries.map(row))</tbody>
            """
    }

    private func row(_ entry: AuditEntry) -> HTML {
        let event = entry.event
        let at = event.occasion.at
        return """
            <tr>
            <td class="when">\
            <time datetime="\(at.rfc3339)" title="\(reader.exactly(at))">\(reader.clock(at))</time></td>
            <td class="what"><p>\(sentence(event))</p>\(details(event))</td>
            <td class="address">\(event.occasion.address)</td>
            </tr>

            """
    }

    private func sentence(_ event: AuditEvent) -> HTML {
        words.sentence(
            Phrases.Audit.Deed(
                action: event.action, who: actor(event), what: target(event),
                isOwn: event.actor?.description == event.target))
    }

    private func actor(_ event: AuditEvent) -> HTML {
        guard let actor = event.actor else {
            return "<strong>\(words.someOperator)</strong>"
        }
        let name = names[actor.description] ?? actor.description
        return """
            <a class="who" href="\(list.filtered(person: actor.description).path)"><bdi>\(name)</bdi></a>
            """
    }

    private func target(_ event: AuditEvent) -> HTML {
        let name = event.targetName ?? names[event.target] ?? event.target
        let shown = event.action.group == .roles ? roleName(name) : name
        return "<a href=\"\(list.filtered(target: event.target).path)\"><bdi>\(shown)</bdi></a>"
    }

    /// The log holds names as they are stored: a role of the platform's own is read in the reader's language.
    private func roleName(_ name: String) -> String {
        platform.roleName(called: name).text(reader.language)
    }

    private func details(_ event: AuditEvent) -> HTML {
        let means = event.key.map { key -> HTML in
            "<p class=\"more\">\(words.withKey("<bdi>\(names[key.description] ?? key.description)</bdi>"))</p>"
        }
        return "\(change(event))\(means ?? "")"
    }

    private func change(_ event: AuditEvent) -> HTML {
        switch event.action {
        case .keyCreated, .keyConfirmed, .keyDeleted: return ""
        case .roleAdded, .roleChanged, .roleDeleted:
            return RoleDifference(reader: reader, platform: platform, before: event.before, after: event.after).html
        case .sessionEnded: return event.before.map(origin) ?? ""
        default: break
        }
        let texts = [event.before, event.after].compactMap(\.self)
        let parts = texts.map { text -> HTML in "<bdi>\(event.action.group == .people ? person(text) : text)</bdi>" }
        guard let last = parts.last else { return "" }
        guard parts.count > 1 else { return "<p class=\"more\">\(last)</p>" }
        return """
            <p class="more">\(parts[0]) <span aria-hidden="true">→</span>\
            <span class="unseen">\(words.becomes)</span> \(last)</p>
            """
    }

    /// What the log says of a person: their address and their role, or one of them.
    private func person(_ text: String) -> String {
        text.split(separator: ", ").map { roleName(String($0)) }.joined(separator: ", ")
    }

    /// Where a session began, and with what: the address, then what the browser called itself.
    private func origin(_ text: String) -> HTML {
        let parts = text.split(separator: ", ", maxSplits: 1).map(String.init)
        let browser = reader.phrases.sessions.browser(parts.count > 1 ? parts[1] : nil)
        return "<p class=\"more\"><bdi>\(browser)</bdi>, <bdi>\(parts.first ?? text)</bdi></p>"
    }
}

extension AuditEvent {
    /// What the target was called when it happened, where the event says so.
    fileprivate var targetName: String? {
        switch action {
        case .keyCreated, .keyDeleted: after ?? before
        case .roleAdded, .roleChanged, .roleDeleted: (after ?? before).map { RoleInWords($0).name }
        // The address alone: the role stands below.
        case .userInvited, .invitationWithdrawn: (after ?? before)?.split(separator: ",").first.map(String.init)
        default: nil
        }
    }
}
