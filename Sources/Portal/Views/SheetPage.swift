/// One of the sheets of the API keys page on a page of its own, for browsers without scripts.
struct SheetPage {
    let reader: Reader
    let sheet: HTML

    var content: HTML {
        """
        \(KeysPage.crumbs(reader))
        <h1>\(reader.phrases.common.apiKeys)</h1>
        <div class="card">\(sheet)</div>
        \(KeysPage.wayBack)
        \(Parts.words(reader.phrases.forScripts(zone: reader.zoneName)))
        """
    }
}
