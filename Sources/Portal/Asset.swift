import CAssets
import Foundation
import HTTPTypes
import Hummingbird
import KeyCore
import Web

/// A file that the binary carries in itself: style, script, font or picture.
struct Asset: Sendable {
    let name: String
    let contentType: String
    let bytes: ByteBuffer
    let tag: String

    /// The address under which browsers may keep the file for ever: the build's digest is part of it, so whatever
    /// the file refers to beside itself (modules, fonts) is of the same build.
    static func path(_ name: String) -> String {
        "/assets/\(build)/\(name)"
    }

    static func named(_ name: String) -> Asset? {
        all[name]
    }

    /// Changes whenever any file changes.
    static let build = hexadecimal(Digest(of: all.values.sorted { $0.name < $1.name }.flatMap { Array($0.tag.utf8) }))

    private static let all: [String: Asset] = {
        let files = sequence(state: 0) { index in
            defer { index += 1 }
            return latchkey_asset_at(index)?.pointee
        }
        return Dictionary(uniqueKeysWithValues: files.compactMap(Asset.init).map { ($0.name, $0) })
    }()

    /// `nil` for a file that is only for the binary's own use.
    private init?(_ file: latchkey_asset) {
        guard let type = file.content_type else { return nil }
        let content = UnsafeBufferPointer(start: file.bytes, count: file.length)
        name = String(cString: file.name)
        contentType = String(cString: type)
        bytes = ByteBuffer(bytes: content)
        tag = Asset.hexadecimal(Digest(of: Array(content)))
    }

    /// A file that is made while the service starts.
    init(name: String, contentType: String, text: String) {
        self.name = name
        self.contentType = contentType
        bytes = ByteBuffer(string: text)
        tag = Asset.hexadecimal(Digest(of: Array(text.utf8)))
    }

    /// 16 digits: enough to tell the builds of one product apart.
    private static func hexadecimal(_ digest: Digest) -> String {
        digest.bytes.prefix(8).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
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
        let isLasting = isOfThisBuild || version == asset.tag
        let tag = "\"\(asset.tag)\""
        let headers: HTTPFields = [
            .contentType: asset.contentType,
            .cacheControl: isLasting ? "public, max-age=31536000, immutable" : "no-cache",
            .eTag: tag,
        ]
        if request.headers[.ifNoneMatch] == tag { return Response(status: .notModified, headers: headers) }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: asset.bytes))
    }
}
