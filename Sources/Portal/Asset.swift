import CAssets
import Hummingbird
import KeyCore
import Web

/// A file that pages are drawn with: style, script, font or picture.
struct Asset: Sendable {
    let name: String
    let file: StaticFile

    /// The address under which browsers may keep the file for ever: the build's digest is part of it, so whatever
    /// the file refers to beside itself (fonts) is of the same build.
    static func path(_ name: String) -> String {
        "/assets/\(build)/\(name)"
    }

    static func named(_ name: String) -> Asset? {
        EmbeddedFile.isFilm(name) ? films[name] : all[name]
    }

    /// How many bytes a file has, without having it read.
    static func length(of name: String) -> Int {
        latchkey_asset(name)?.pointee.length ?? 0
    }

    /// Changes whenever any file changes. The films' description has their digests.
    static let build = StaticFile.tag(
        of: all.values.sorted { $0.name < $1.name }.flatMap { Array($0.file.tag.utf8) }
            + EmbeddedFile.bytes(of: "tutorial.json"))

    private static let all: [String: Asset] = {
        let files = EmbeddedFile.all.filter { !EmbeddedFile.isFilm($0.name) }
        let scripts = ScriptLinker(EmbeddedFile.texts(files, "js"))
        let sheets = EmbeddedFile.texts(files, "css")
        let pages = Asset(
            name: StyleSheet.name, contentType: "text/css; charset=utf-8", text: StyleSheet.joined(sheets))
        let assets = files.map { file in
            switch file.name.split(separator: ".").last {
            case "js": Asset(name: file.name, contentType: file.contentType, text: scripts.script(of: file.name))
            case "css": Asset(name: file.name, contentType: file.contentType, text: StyleSheet.packed(file.text))
            default: Asset(name: file.name, file: StaticFile(contentType: file.contentType, bytes: file.bytes))
            }
        }
        return Dictionary(uniqueKeysWithValues: (assets + [pages]).map { ($0.name, $0) })
    }()

    /// As large as all the rest of what browsers are given, so not in memory before one is asked for.
    private static let films = Dictionary(
        uniqueKeysWithValues: EmbeddedFile.all.filter { EmbeddedFile.isFilm($0.name) }.map { file in
            (file.name, Asset(name: file.name, file: StaticFile(contentType: file.contentType, bytes: file.bytes)))
        })

    /// A file that is made while the service starts.
    init(name: String, contentType: String, text: String) {
        self.init(name: name, file: StaticFile(contentType: contentType, bytes: ByteBuffer(string: text)))
    }

    private init(name: String, file: StaticFile) {
        self.name = name
        self.file = file
    }
}

/// A file as it lies in the binary, for browsers to ask for.
private struct EmbeddedFile {
    let name: String
    let contentType: String
    private let content: UnsafeBufferPointer<UInt8>

    var bytes: ByteBuffer { ByteBuffer(bytes: content) }

    var text: String { String(decoding: content, as: UTF8.self) }

    static var all: [EmbeddedFile] {
        sequence(state: 0) { index in
            defer { index += 1 }
            return latchkey_asset_at(index)?.pointee
        }.compactMap(EmbeddedFile.init)
    }

    /// `nil` for a file that is only for the binary's own use.
    private init?(_ file: latchkey_asset) {
        guard let type = file.content_type else { return nil }
        name = String(cString: file.name)
        contentType = String(cString: type)
        content = UnsafeBufferPointer(start: file.bytes, count: file.length)
    }

    static func isFilm(_ name: String) -> Bool { name.hasSuffix(".mp4") || name.hasSuffix(".webm") }

    /// Of any file, also one for the binary's own use.
    static func bytes(of name: String) -> [UInt8] {
        guard let file = latchkey_asset(name)?.pointee else { return [] }
        return Array(UnsafeBufferPointer(start: file.bytes, count: file.length))
    }

    /// The texts of the files of one kind, by their names.
    static func texts(_ files: [EmbeddedFile], _ ending: String) -> [String: String] {
        let chosen = files.filter { $0.name.hasSuffix("." + ending) }
        return Dictionary(uniqueKeysWithValues: chosen.map { ($0.name, $0.text) })
    }
}

/// Serves the assets: for ever under the build's own address, checked by tag under the plain one.
struct AssetPages {
    let look: PlatformLook

    func addRoutes(to router: some RouterMethods<WebContext>) {
        // One name for the first part in both, since a router tells places apart and not their names.
        router.get("/assets/:first") { request, context in
            try answer(context.parameters.require("first"), to: request, isOfThisBuild: false)
        }
        router.get("/assets/:first/:name") { request, context in
            let build = try context.parameters.require("first")
            return try answer(context.parameters.require("name"), to: request, isOfThisBuild: build == Asset.build)
        }
        router.get("/favicon.ico") { request, _ in
            try answer("favicon.svg", to: request, isOfThisBuild: false)
        }
        for file in look.files {
            router.get(RouterPath(file.name)) { request, _ in answer(file, to: request, isOfThisBuild: false) }
        }
    }

    private func answer(_ name: String, to request: Request, isOfThisBuild: Bool) throws -> Response {
        guard let asset = Asset.named(name) else { throw Problem.notFound }
        return answer(asset, to: request, isOfThisBuild: isOfThisBuild)
    }

    private func answer(_ asset: Asset, to request: Request, isOfThisBuild: Bool) -> Response {
        let version = request.uri.queryParameters["v"].map(String.init)
        let isLasting = isOfThisBuild || version == asset.file.tag
        return asset.file.answer(
            to: request, cacheControl: isLasting ? "public, max-age=31536000, immutable" : "no-cache")
    }
}
