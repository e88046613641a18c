/// The style of the pages: one file for all of them, so that the second page of a visit asks for none.
enum StyleSheet {
    static let name = "pages.css"

    /// What others build on, in this order. The rest are a topic's own, and each keeps to its topic's names.
    private static let foundations = ["app.css", "frames.css", "keys.css", "windows.css"]
    /// Takes back what all others arrange side by side.
    private static let last = ["narrow.css"]
    /// The API's description is a page of its own kind, which loads its style itself.
    private static let apart: Set<String> = ["docs.css"]

    /// - Parameter sources: the text of each sheet by its name.
    static func joined(_ sources: [String: String]) -> String {
        let topics = Set(sources.keys).subtracting(foundations + last).subtracting(apart).sorted()
        return (foundations + topics + last).compactMap { sources[$0] }.map(packed).joined()
    }

    /// A sheet without its remarks and indents. None of our values holds a remark's signs or begins a line in quotes.
    static func packed(_ sheet: String) -> String {
        var lines = ""
        var isInRemark = false
        for line in sheet.split(separator: "\n") {
            let text = line.drop { $0 == " " }
            let isPart = isInRemark || text.hasPrefix("/*")
            if isPart { isInRemark = !text.hasSuffix("*/") } else { lines += text + "\n" }
        }
        return lines
    }
}
