import NIOCore

/// A picture of a screen among the assets: `name.avif` with a pixel for each of the page's, and `name-2x.avif` with
/// four, for fine screens. Its size is known before it comes, so a page does not jump then.
struct ScreenPicture {
    let name: String
    /// In pixels of the page: at most so tall that the step that it shows stays in sight.
    let width: Int
    let height: Int
    private let pixels: Int

    private static let tallest = 520

    init?(_ name: String) {
        guard let asset = Asset.named(name), let size = ScreenPicture.size(of: asset.file.bytes) else { return nil }
        self.name = name
        pixels = size.width
        height = min(size.height, ScreenPicture.tallest)
        width = size.width * height / max(1, size.height)
    }

    /// For `srcset`: a browser takes the one that its screen can show.
    var sources: String {
        let fine = name.replacing(".avif", with: "-2x.avif")
        guard Asset.named(fine) != nil else { return "\(Asset.path(name)) \(pixels)w" }
        return "\(Asset.path(name)) \(pixels)w, \(Asset.path(fine)) \(2 * pixels)w"
    }

    var sizes: String { "(max-width: \(width)px) 100vw, \(width)px" }

    /// From the property `ispe` of an AVIF file, which stands near its beginning: four bytes of version and flags, then
    /// width and height (ISO/IEC 23008-12, section 6.5.3).
    private static func size(of bytes: ByteBuffer) -> (width: Int, height: Int)? {
        guard let mark = bytes.readableBytesView.prefix(1024).firstRange(of: Array("ispe".utf8)),
            let width = bytes.getInteger(at: mark.upperBound + 4, as: UInt32.self),
            let height = bytes.getInteger(at: mark.upperBound + 8, as: UInt32.self)
        else { return nil }
        return (Int(width), Int(height))
    }
}
