import Foundation
import KeyCore

/// A colour by what eyes tell apart: OKLCH (Björn Ottosson, "A perceptual color space for image processing", 2020).
struct Colour: Hashable, Sendable {
    /// 0 is black, 1 is white.
    var lightness: Double
    /// 0 is grey; no colour of a screen has more than 0.33.
    var chroma: Double
    /// Radians.
    let hue: Double

    init(lightness: Double, chroma: Double, hue: Double) {
        self.lightness = lightness
        self.chroma = chroma
        self.hue = hue
    }

    init(_ shade: Platform.Accent) {
        let (red, green, blue) = (linear(shade.red), linear(shade.green), linear(shade.blue))
        let l = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
        let m = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
        let s = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
        let a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s
        let b = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
        self.init(
            lightness: 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s, chroma: hypot(a, b), hue: atan2(b, a))
    }

    /// What a screen shows: with less chroma where it cannot show as much.
    var shade: Platform.Accent {
        var colour = self
        var channels = colour.channels
        while colour.chroma > 0.001, !channels.allSatisfy({ (-0.0005...1.0005).contains($0) }) {
            colour.chroma *= 0.96
            channels = colour.channels
        }
        let bytes = channels.map(encoded)
        return Platform.Accent(red: bytes[0], green: bytes[1], blue: bytes[2])
    }

    /// Red, green and blue, linear, beyond 0...1 where no screen has the colour.
    private var channels: [Double] {
        let (a, b) = (chroma * cos(hue), chroma * sin(hue))
        let l = pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3)
        let m = pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3)
        let s = pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3)
        return [
            4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
        ]
    }
}

extension Platform.Accent {
    /// How much light it gives, 0...1 (WCAG 2.2, "relative luminance").
    private var luminance: Double {
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// 1 to 21 (WCAG 2.2, "contrast ratio"): text needs 4.5, what is not text 3.
    func contrast(with other: Platform.Accent) -> Double {
        let (first, second) = (luminance, other.luminance)
        return (max(first, second) + 0.05) / (min(first, second) + 0.05)
    }
}

/// A channel of sRGB as an amount of light (IEC 61966-2-1).
private func linear(_ byte: UInt8) -> Double {
    let value = Double(byte) / 255
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
}

private func encoded(_ light: Double) -> UInt8 {
    let value = light <= 0.0031308 ? 12.92 * light : 1.055 * pow(light, 1 / 2.4) - 0.055
    return UInt8((min(max(value, 0), 1) * 255).rounded())
}
