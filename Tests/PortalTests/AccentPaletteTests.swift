import Foundation
import KeyCore
import Testing

@testable import Portal

@Suite struct AccentPaletteTests {
    /// Yellow, near-black, white and others at which one shade for everything fails, then a sweep through all hues.
    private static let accents: [String] = {
        let steps = ["00", "4d", "99", "e6", "ff"]
        let sweep = steps.flatMap { red in steps.flatMap { green in steps.map { "#" + red + green + $0 } } }
        return ["#2f6fed", "#ffe600", "#0a0a0a", "#808080", "#777777", "#0f766e", "#ff7a00", "#d6336c"] + sweep
    }()

    private func palette(_ text: String) throws -> AccentPalette {
        AccentPalette(try #require(Platform.Accent(text)))
    }

    @Test(arguments: accents)
    func textCanBeReadInBothThemesWhateverTheAccent(accent: String) throws {
        let palette = try palette(accent)
        for (theme, side) in [(Theme.light, \AccentPalette.Pair.light), (Theme.dark, \.dark)] {
            for ground in theme.grounds + [palette.tint[keyPath: side]] {
                #expect(palette.text[keyPath: side].contrast(with: ground) >= 4.5)
            }
            for ground in theme.grounds + [palette.tint[keyPath: side]] {
                #expect(palette.strong[keyPath: side].contrast(with: ground) >= 7)
            }
            for ground in theme.grounds { #expect(palette.mark[keyPath: side].contrast(with: ground) >= 3) }
            for ground in [palette.solid, palette.hover] {
                #expect(palette.onSolid[keyPath: side].contrast(with: ground[keyPath: side]) >= 4.5)
            }
            #expect(palette.hover[keyPath: side] != palette.solid[keyPath: side])
        }
        #expect(palette.solid.dark.contrast(with: Theme.dark.grounds[0]) >= 3)
    }

    @Test(arguments: ["#2f6fed", "#0f766e", "#ffe600", "#b3261e", "#5b21b6"])
    func accentThatCanBeReadIsLeftAsItIs(accent: String) throws {
        #expect(try palette(accent).solid.light.text == accent)
    }

    @Test func contrastIsThatOfTheStandard() throws {
        let black = try #require(Platform.Accent("#000000"))
        let white = try #require(Platform.Accent("#ffffff"))
        let grey = try #require(Platform.Accent("#767676"))
        #expect(abs(black.contrast(with: white) - 21) < 0.001)
        #expect(abs(grey.contrast(with: white) - 4.54) < 0.005 && white.contrast(with: white) == 1)
    }

    @Test(arguments: accents)
    func aColourComesBackFromTheModelUnchanged(accent: String) throws {
        let shade = try #require(Platform.Accent(accent))
        #expect(Colour(shade).shade == shade)
    }

    @Test func groundsAndTokensAreThoseOfTheStyleSheet() throws {
        let sheet = String(buffer: try #require(Asset.named("app.css")).file.bytes)
        for (number, pair) in zip(Theme.light.grounds, Theme.dark.grounds).enumerated() {
            #expect(sheet.contains("--grey-\(number + 1): light-dark(\(pair.0.text), \(pair.1.text));"))
        }
        let tokens = try palette("#0f766e").css.split(separator: "\n").compactMap { line in
            line.split(separator: ":").first.map { $0.trimmingCharacters(in: .whitespaces) }
        }.filter { $0.hasPrefix("--") }
        #expect(Set(tokens).count == 7 && tokens.count == 9)  // two once more, for more contrast
        for token in tokens { #expect(sheet.contains("\n\(token): light-dark(")) }
    }

    @Test func platformWithoutAnAccentOfItsOwnLooksAsTheStyleSheetSays() {
        let look = PlatformLook(.smartPlayer)
        #expect(look.stylePath == nil && look.iconPath == Asset.path("favicon.svg"))
        #expect(look.files.map(\.name) == ["platform.css", "platform.svg"])
        #expect(look.files[0].file.bytes.readableBytes == 0)
        #expect(look.files[1].file.bytes == Asset.named("favicon.svg")?.file.bytes)
    }

    @Test func accentReachesStyleAndIcon() throws {
        let accent = try #require(Platform.Accent("#0f766e"))
        let look = PlatformLook(Platform(name: "Harbour", keyPrefix: "hb", accent: accent, sections: []))
        let files = look.files.map { String(buffer: $0.file.bytes) }
        #expect(files[0].contains("--accent-3: light-dark(#0f766e, "))
        #expect(files[1].contains("#0f766e") && !files[1].contains(Platform.Accent.standard.text))
        #expect(look.stylePath?.hasPrefix("/platform.css?v=") == true)
        #expect(look.iconPath.hasPrefix("/platform.svg?v="))
    }

    @Test(arguments: ["", "2f6fed", "#2f6fe", "#2f6fedd", "#2f6fge", "#２f6fed", "blue"])
    func whatIsNoColourIsNone(text: String) {
        #expect(Platform.Accent(text) == nil)
    }
}
