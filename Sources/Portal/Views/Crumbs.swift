/// Where the reader is: from the settings down to the page itself, which is the last step.
struct Crumbs {
    struct Step {
        let label: String
        /// `nil` for a page that only a form leads to.
        let path: String?

        init(_ label: String, _ path: String? = nil) {
            self.label = label
            self.path = path
        }
    }

    let reader: Reader
    private let steps: [Step]

    /// - Parameter steps: those below the settings.
    init(_ reader: Reader, _ steps: [Step]) {
        self.reader = reader
        self.steps = [Step(reader.phrases.common.settings, "/settings")] + steps
    }

    var html: HTML {
        let items = steps.indices.map { index -> HTML in
            let current: HTML = index == steps.count - 1 ? " aria-current=\"page\"" : ""
            let label: HTML = "<bdi>\(steps[index].label)</bdi>"
            guard let path = steps[index].path else { return "<li><span\(current)>\(label)</span></li>" }
            return "<li><a href=\"\(path)\"\(current)>\(label)</a></li>"
        }
        return """
            <nav class="crumbs" aria-label="\(reader.phrases.keys.breadcrumb)"><ol>\(items)</ol></nav>
            """
    }
}
