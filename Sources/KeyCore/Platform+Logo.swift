extension Platform {
    /// The platform's sign: a drawing in SVG that pages show beside its name, in a square of 32 px.
    package struct Logo: Hashable, Sendable {
        /// Bytes. A sign is a few lines; what is larger is a photograph or an editor's notes.
        package static let maximumSize = 16 * 1024

        /// How the platform file calls it.
        package let file: String
        package let drawing: String

        /// `nil` for what is no drawing alone. Browsers run nothing of a picture that a page shows, nor of one opened
        /// by itself under our Content-Security-Policy; what would want to be run is refused all the same, so that
        /// nobody wonders why it does nothing.
        package init?(file: String, drawing: String) {
            let text = drawing.lowercased()
            guard drawing.utf8.count <= Logo.maximumSize, text.contains("<svg"), text.contains("</svg>"),
                text.contains("http://www.w3.org/2000/svg"), !Logo.refused.contains(where: { text.contains($0) }),
                text.replacing("http://www.w3.org/", with: "").firstRange(of: "://") == nil
            else { return nil }
            self.file = file
            self.drawing = drawing
        }

        /// Scripts, what brings other documents in, and what makes much of little.
        private static let refused = [
            "<script", "<foreignobject", "<iframe", "<image", "<!entity", "javascript:", "@import", " onload",
            " onclick",
        ]
    }
}
