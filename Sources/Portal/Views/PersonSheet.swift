import KeyCore

/// What is asked before a person loses their access: what ends with it.
struct PersonSheet {
    enum Deed: String {
        case block, remove
    }

    let reader: Reader
    let deed: Deed
    let user: User
    let keys: KeySummary
    var faults = Faults.none

    private var words: Phrases.Person { reader.phrases.people.person }

    static func path(_ deed: Deed, _ user: ID<User>) -> String { "\(PeoplePage.path(user))/\(deed.rawValue)" }

    var title: HTML {
        let name: HTML = "<bdi>\(user.name)</bdi>"
        return switch deed {
        case .block: words.blockTitle(name)
        case .remove: words.removeTitle(name)
        }
    }

    var content: HTML {
        AskingPage(
            reader: reader, crumb: user.name, title: title,
            text: deed == .block ? words.blockText(keys.active) : words.removeText(keys.total), uses: uses,
            path: PersonSheet.path(deed, user.id), back: PeoplePage.path(user.id),
            verb: deed == .block ? words.block : words.remove, faults: faults
        ).content
    }

    private var uses: HTML {
        guard keys.usedLastWeek > 0 else { return "" }
        let names = keys.namesUsedLastWeek.map { name -> HTML in "<li><bdi>\(name)</bdi></li>" }
        let rest = keys.usedLastWeek - names.count
        let delete = reader.phrases.delete
        return """
            <div class="note warning">\(Icon.warning.html)<div><p>\(delete.usedLastWeek(keys.usedLastWeek))</p>
            <ul class="names">\(names)\(if: rest > 0, "<li>\(delete.andMore(rest))</li>")</ul></div></div>
            """
    }
}
