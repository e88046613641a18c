/// Makes one script of an ES module and of what it imports, since a browser asks for each module by itself, one after
/// the other as it meets them.
///
/// What is imported becomes a function that is called once and returns what the module exports; the module that the
/// page names stands below as it is:
///
///     const $page = (() => {
///     function word(name) { ... }
///     return { word };
///     })();
///     const { word } = $page;
///
/// It knows the forms that our modules have (`import { a } from "./b.js";`, `import "./b.js";`, `export` before a
/// function, a class or a constant, each on one line and at its beginning; `await` outside a function only in what the
/// page names) and stops the process at any other, which every test would see.
struct ScriptLinker {
    private let modules: [String: Module]

    /// - Parameter sources: the text of each module by its name, as `page.js`.
    init(_ sources: [String: String]) {
        modules = Dictionary(uniqueKeysWithValues: sources.map { ($0.key, Module(name: $0.key, source: $0.value)) })
    }

    /// The script of a page that would load this module.
    func script(of name: String) -> String {
        var placed: Set<String> = []
        let page = module(name)
        return page.imports.map { text(of: $0, placed: &placed) }.joined() + page.text
    }

    /// A module after those that it imports, as far as they have no place yet.
    private func text(of name: String, placed: inout Set<String>) -> String {
        guard placed.insert(name).inserted else { return "" }
        let imported = module(name)
        return imported.imports.map { text(of: $0, placed: &placed) }.joined() + imported.asFunction
    }

    private func module(_ name: String) -> Module {
        guard let module = modules[name] else { preconditionFailure("no module is called \(name)") }
        return module
    }
}

/// One module, read line by line.
private struct Module {
    private(set) var imports: [String] = []
    private var exports: [String] = []
    private var lines: [Substring] = []
    private let name: String
    private var isInRemark = false

    init(name: String, source: String) {
        self.name = name
        for line in source.split(separator: "\n") { take(line) }
    }

    var text: String { lines.joined(separator: "\n") + "\n" }

    /// The module as a function that has been called.
    var asFunction: String {
        """
        const \(Module.variable(name)) = (() => {
        \(text)\
        return { \(exports.joined(separator: ", ")) };
        })();

        """
    }

    private mutating func take(_ line: Substring) {
        if isRemark(line) { return }
        if line.hasPrefix("import ") {
            takeImport(line)
        } else if line.hasPrefix("export ") {
            takeExport(line.dropFirst("export ".count))
        } else {
            lines.append(line)
        }
    }

    /// Whether a line is nothing but a remark; those need no place on the wire.
    private mutating func isRemark(_ line: Substring) -> Bool {
        let text = line.drop { $0 == " " }
        let isPart = isInRemark || text.hasPrefix("/*")
        if isPart { isInRemark = !text.hasSuffix("*/") }
        return isPart || text.hasPrefix("//")
    }

    private mutating func takeImport(_ line: Substring) {
        let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].hasPrefix("./"), parts[2] == ";" else { fail(line) }
        let source = String(parts[1].dropFirst(2))
        imports.append(source)
        let names = parts[0].dropFirst("import ".count)
        if names.isEmpty { return }
        guard names.hasPrefix("{"), names.hasSuffix("} from "), !names.contains(" as ") else { fail(line) }
        lines.append("const \(names.dropLast(" from ".count)) = \(Module.variable(source));")
    }

    private mutating func takeExport(_ declaration: Substring) {
        let words = declaration.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "$" }
        let kinds: Set<Substring> = ["async", "function", "class", "const"]
        guard let name = words.first(where: { !kinds.contains($0) }), kinds.contains(words[0]) else {
            fail(declaration)
        }
        exports.append(String(name))
        lines.append(declaration)
    }

    private func fail(_ line: Substring) -> Never {
        preconditionFailure("\(name): the linker of scripts does not know this form: \(line)")
    }

    /// What holds a module's exports: `$docs_parts` for `docs-parts.js`.
    private static func variable(_ name: String) -> String {
        "$" + name.prefix { $0 != "." }.replacing("-", with: "_")
    }
}
