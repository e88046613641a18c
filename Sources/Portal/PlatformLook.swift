import KeyCore

/// How pages show whose they are: the platform's name and logo, and its colour where that is not the one of app.css.
struct PlatformLook: Sendable {
    let name: String
    private let style: Asset
    private let icon: Asset
    private let logo: Asset?
    private let isOwn: Bool

    init(_ platform: Platform) {
        name = platform.name
        isOwn = platform.accent != .standard
        let palette = AccentPalette(platform.accent)
        style = Asset(name: "platform.css", contentType: "text/css; charset=utf-8", text: isOwn ? palette.css : "")
        logo = platform.logo.map {
            Asset(name: "platform-logo.svg", contentType: "image/svg+xml", text: $0.drawing)
        }
        let drawing = Asset.named("favicon.svg").map { String(buffer: $0.file.bytes) } ?? ""
        let painted =
            drawing
            .replacing("\"\(Platform.Accent.standard.text)\"", with: "\"\(palette.solid.light.text)\"")
            .replacing("\"#fff\"", with: "\"\(palette.onSolid.light.text)\"")
        icon = Asset(name: "platform.svg", contentType: "image/svg+xml", text: isOwn ? painted : drawing)
    }

    /// What is served under `/` for every page.
    var files: [Asset] { [style, icon] + [logo].compactMap(\.self) }

    /// The style that comes after the others, if there is one to come.
    var stylePath: String? { isOwn ? path(style) : nil }

    var iconPath: String { logoPath ?? (isOwn ? path(icon) : Asset.path("favicon.svg")) }

    /// The platform's sign, where it has one of its own.
    var logoPath: String? { logo.map(path) }

    /// Browsers may keep the file under this address for ever.
    private func path(_ file: Asset) -> String {
        "/\(file.name)?v=\(file.file.tag)"
    }
}
