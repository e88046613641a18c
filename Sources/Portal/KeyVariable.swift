import KeyCore

/// The environment variable in which programs expect a key of the platform: `SMARTPLAYER_API_KEY`.
struct KeyVariable {
    let name: String

    /// The file by which the variable is handed over. Without a dot in front: browsers take that away.
    var fileName: String { name.dropLast("_API_KEY".count).lowercased() + ".env" }

    /// Named after the platform, as far as its name has letters and digits of ASCII, which every shell takes (POSIX.1,
    /// section 8.1); after the prefix of its keys where it has none.
    init(_ platform: Platform) {
        let words = platform.name.uppercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        let title = words.isEmpty ? platform.keyPrefix.uppercased() : words.joined(separator: "_")
        name = (title.first?.isNumber == true ? "_" : "") + title + "_API_KEY"
    }
}
