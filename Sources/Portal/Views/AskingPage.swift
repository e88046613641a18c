/// A page that asks once more: what ends, and the button that ends it.
struct AskingPage {
    let reader: Reader
    let crumb: String
    let title: HTML
    let text: String
    var uses: HTML = ""
    /// Where the form goes, and where giving up leads.
    let path: String
    let back: String
    let verb: String
    var faults = Faults.none

    var content: HTML {
        """
        \(PeoplePage.crumbs(reader, here: crumb))
        <div class="card"><form class="sheet" method="post" action="\(path)">
        <header><h1 class="asking">\(title)</h1><p class="quiet">\(text)</p></header>
        \(uses)
        \(Parts.summary(faults, reader.phrases))
        <div class="actions">
        \(Parts.link(to: back, reader.phrases.common.cancel))
        <button class="button danger">\(verb)</button>
        </div>
        </form></div>
        """
    }
}
