extension Prose {
    /// Where a text may lead: to another site by http or https, to a mailbox, or to a place of ours.
    ///
    /// What is allowed is listed, nothing is forbidden by name: a scheme that nobody has thought of is refused too.
    package struct Link: Hashable, Sendable {
        /// In ASCII alone, as an address is sent.
        package let address: String
        /// Whether it leaves this site.
        package let isForeign: Bool

        /// Code points; browsers and servers take some thousand.
        static let maximumLength = 2_000

        package init?(_ text: String) {
            guard text.unicodeScalars.count <= Link.maximumLength, Link.isPlain(text) else { return nil }
            if text.hasPrefix("#") || Link.isOwnPath(text) {
                isForeign = false
            } else {
                guard Link.isWeb(text) || Link.isMailbox(text) else { return nil }
                isForeign = true
            }
            address = Link.encoded(text)
        }

        /// Browsers leave tabs and line breaks out of an address before they read it, and take `\` for `/`.
        private static func isPlain(_ text: String) -> Bool {
            !text.unicodeScalars.contains { scalar in
                switch scalar {
                case "\\", "<", ">", "\"", "`", "{", "}", "|", "^": true
                default: scalar.value <= 0x20 || (0x7F...0x9F).contains(scalar.value) || isUnseen(scalar)
                }
            }
        }

        private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar.properties.generalCategory {
            case .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .privateUse, .unassigned: true
            default: false
            }
        }

        private static func isOwnPath(_ text: String) -> Bool {
            text.hasPrefix("/") && !text.hasPrefix("//")
        }

        /// With a host, and without the name that some put before it to look like another site's.
        private static func isWeb(_ text: String) -> Bool {
            let lowered = text.lowercased()
            guard let scheme = ["https://", "http://"].first(where: lowered.hasPrefix) else { return false }
            let host = lowered.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
            return host.unicodeScalars.first.map { $0.properties.isAlphabetic || $0.properties.numericType != nil }
                ?? false && !host.contains("@")
        }

        private static func isMailbox(_ text: String) -> Bool {
            guard text.lowercased().hasPrefix("mailto:") else { return false }
            let mailbox = text.dropFirst("mailto:".count)
            return mailbox.allSatisfy { $0.isASCII } && mailbox.split(separator: "@").count == 2
        }

        /// RFC 3986, section 2.1, for what is no ASCII.
        private static func encoded(_ text: String) -> String {
            guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
            let digits = Array("0123456789ABCDEF".utf8)
            var bytes: [UInt8] = []
            for byte in text.utf8 {
                if byte < 0x80 {
                    bytes.append(byte)
                } else {
                    bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
                }
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    /// A picture of our own, by the name of its file. Whether there is such a file, who draws it knows.
    package struct Picture: Hashable, Sendable {
        package let name: String

        /// Where the sources of the articles lie beside their pictures.
        private static let folder = "../pictures/"

        package init?(_ text: String) {
            let name = text.hasPrefix(Picture.folder) ? text.dropFirst(Picture.folder.count) : text[...]
            let isPlain = name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "-"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
            guard isPlain, name.hasSuffix(".avif"), !name.contains("..") else { return nil }
            self.name = String(name)
        }
    }
}
