import KeyCore

/// The shades that pages need of a platform's accent, so that whatever it is, text can be read in both themes.
struct AccentPalette: Sendable {
    /// A shade of the light theme, and of the dark one.
    struct Pair: Hashable, Sendable {
        let light: Platform.Accent
        let dark: Platform.Accent
    }

    /// Behind text of the accent.
    let tint: Pair
    /// Around a tint.
    let line: Pair
    /// A button, and a button under the pointer.
    let solid: Pair
    let hover: Pair
    /// Text on a page's ground or on the tint, and text on the solid.
    let text: Pair
    let onSolid: Pair
    /// What is no text and must be seen on a page's ground: focus, ticks, drawings.
    let mark: Pair
    /// Text, and what is none, for those who ask for more contrast.
    let strong: Pair

    init(_ accent: Platform.Accent) {
        let (light, dark) = (Shades(accent, in: .light), Shades(accent, in: .dark))
        func pair(_ shade: KeyPath<Shades, Platform.Accent>) -> Pair {
            Pair(light: light[keyPath: shade], dark: dark[keyPath: shade])
        }
        tint = pair(\.tint)
        line = pair(\.line)
        solid = pair(\.solid)
        hover = pair(\.hover)
        text = pair(\.text)
        onSolid = pair(\.onSolid)
        mark = pair(\.mark)
        strong = pair(\.strong)
    }

    /// The tokens of app.css, with these values.
    var css: String {
        let tokens = [
            ("accent-1", tint), ("accent-2", line), ("accent-3", solid), ("accent-4", hover), ("accent-5", text),
            ("accent-mark", mark), ("on-accent", onSolid),
        ]
        let stronger = [("accent-5", strong), ("accent-mark", strong)]
        return """
            \(AccentPalette.rule(tokens))@media (prefers-contrast: more) {
            \(AccentPalette.rule(stronger))}

            """
    }

    private static func rule(_ tokens: [(name: String, shades: Pair)]) -> String {
        let lines = tokens.map { "  --\($0): light-dark(\($1.light.text), \($1.dark.text));\n" }
        return ":root {\n\(lines.joined())}\n"
    }
}

/// What a theme demands of a shade.
struct Theme: Sendable {
    /// The grounds of app.css that accents stand on.
    let grounds: [Platform.Accent]
    /// Whether a shade is easier to see the darker it is.
    let isLight: Bool
    let tint: (lightness: Double, chroma: Double)
    let line: (lightness: Double, chroma: Double)

    static let light = Theme(
        grounds: shades("#ffffff", "#f8f9fb", "#f0f2f5"), isLight: true, tint: (0.967, 0.016), line: (0.85, 0.08))
    static let dark = Theme(
        grounds: shades("#17191f", "#111318", "#1f222a"), isLight: false, tint: (0.265, 0.042), line: (0.42, 0.11))

    private static func shades(_ texts: String...) -> [Platform.Accent] {
        texts.compactMap { Platform.Accent($0) }
    }
}

private struct Shades {
    private static let text = 4.5
    /// More than must be for text that stands on its own: at the least it looks faint.
    private static let clearText = 5.5
    private static let mark = 3.0
    /// WCAG 2.2, 1.4.6.
    private static let strongText = 7.0
    /// A button need not stand out by its ground, having a text, but should be seen to be one.
    private static let solid = 1.1
    private static let white = Platform.Accent(red: 0xFF, green: 0xFF, blue: 0xFF)
    /// The darkest ink of app.css.
    private static let ink = Platform.Accent(red: 0x17, green: 0x1B, blue: 0x26)

    let tint, line, solid, hover, text, onSolid, mark, strong: Platform.Accent

    init(_ accent: Platform.Accent, in theme: Theme) {
        let colour = Colour(accent)
        tint = Shades.soft(colour, theme.tint)
        line = Shades.soft(colour, theme.line)
        text = Shades.shade(of: colour, in: theme, against: theme.grounds + [tint], atLeast: Shades.clearText)
        mark = Shades.shade(of: colour, in: theme, against: theme.grounds, atLeast: Shades.mark)
        strong = Shades.shade(of: colour, in: theme, against: theme.grounds + [tint], atLeast: Shades.strongText)
        let least = theme.isLight ? Shades.solid : Shades.mark
        let body = Shades.shade(of: colour, in: theme, against: theme.grounds, atLeast: least)
        // White on what is nearly dark enough for it: most brands' colours are.
        let isForWhite = body.contrast(with: Shades.white) >= Shades.mark
        onSolid = isForWhite ? Shades.white : Shades.ink
        solid =
            isForWhite
            ? Shades.shade(of: Colour(body), in: .light, against: [Shades.white], atLeast: Shades.text) : body
        hover = Shades.hover(of: solid, under: onSolid)
    }

    private static func soft(_ colour: Colour, _ wanted: (lightness: Double, chroma: Double)) -> Platform.Accent {
        Colour(lightness: wanted.lightness, chroma: min(colour.chroma, wanted.chroma), hue: colour.hue).shade
    }

    /// The nearest shade that is seen well enough on each of the grounds.
    private static func shade(
        of colour: Colour, in theme: Theme, against grounds: [Platform.Accent], atLeast least: Double
    ) -> Platform.Accent {
        var colour = colour
        let step = theme.isLight ? -0.005 : 0.005
        while !grounds.allSatisfy({ colour.shade.contrast(with: $0) >= least }), (0...1).contains(colour.lightness) {
            colour.lightness += step
        }
        return colour.shade
    }

    private static func hover(of solid: Platform.Accent, under text: Platform.Accent) -> Platform.Accent {
        let colour = Colour(solid)
        let steps = colour.lightness < 0.3 ? [0.07, -0.05] : [-0.05, 0.05]
        let shades = steps.map { step in
            Colour(lightness: colour.lightness + step, chroma: colour.chroma, hue: colour.hue).shade
        }
        return shades.first { $0.contrast(with: text) >= Shades.text } ?? solid
    }
}
