import CAssets
import Foundation

/// Programs to paste that make the first call with a key, for the window that shows one.
///
/// They are the blocks of docs/INTEGRATE.md, where tests run them: what the window shows is what was tried. But for
/// the line that puts the key into the environment, none holds it: a key in source code ends up in somebody's history.
struct Snippet: Sendable {
    let id: String
    /// The language's own name, the same in all of ours.
    let name: String
    private let text: String

    /// - Parameter variable: what the environment has the key in.
    func text(calling address: String, with variable: String) -> String {
        text.replacing(Snippet.placeholder, with: address).replacing(Snippet.documentVariable, with: variable)
    }

    /// The line that puts a key into the environment of a shell, in two parts: what stands before the key and after it.
    static func keyLine(_ variable: String) -> (before: String, after: String) {
        let parts = setup.replacing(documentVariable, with: variable).split(
            separator: keyPlaceholder, maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts.first ?? ""), String(parts.dropFirst().first ?? ""))
    }

    static let all: [Snippet] = [
        ("curl", "curl", "call.sh"), ("python", "Python", "call.py"), ("javascript", "JavaScript", "call.mjs"),
        ("go", "Go", "call.go"), ("php", "PHP", "call.php"), ("swift", "Swift", "call.swift"),
    ].compactMap { id, name, file in block(file).map { Snippet(id: id, name: name, text: $0) } }

    private static let setup = block("setup.sh") ?? ""
    /// What stands in that line for the key.
    static let keyPlaceholder = "YOUR_KEY"
    /// What stands in the programs for the address under which they reach the service.
    private static let placeholder = "https://keys.example.com"
    /// What the document calls the variable, of which every platform has its own.
    private static let documentVariable = "LATCHKEY_KEY"

    /// A fenced block of the document, by the file name behind its language.
    private static func block(_ file: String) -> String? {
        guard let begin = document.range(of: " \(file)\n"),
            let end = document.range(of: "\n```", range: begin.upperBound..<document.endIndex)
        else { return nil }
        return String(document[begin.upperBound..<end.lowerBound])
    }

    private static let document: String = {
        guard let asset = latchkey_asset("INTEGRATE.md")?.pointee else { return "" }
        return String(decoding: UnsafeBufferPointer(start: asset.bytes, count: asset.length), as: UTF8.self)
    }()
}
