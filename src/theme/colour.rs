//! Colours as a theme states them and as WCAG measures them.
//!
//! In: `#rgb` or `#rrggbb`. Out: the colour, its relative luminance, the contrast of two, and how
//! a colour of any lightness becomes 8-bit sRGB. Only the four basic operations are used here and
//! in `oklab.rs`: IEEE 754 rounds those alike everywhere, and no two machines' powers and roots.

use std::fmt;

/// A colour on the screen: 8 bits each of red, green and blue (sRGB).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

impl Colour {
    /// Reads `#rgb` or `#rrggbb`, as CSS does.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix('#')?;
        if !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let number = u32::from_str_radix(hex, 16).ok()?;
        match hex.len() {
            6 => {
                let [_, rgb @ ..] = number.to_be_bytes();
                Some(Self(rgb))
            }
            3 => Some(Self([number >> 8, number >> 4, number].map(|digit| {
                let digit = (digit & 0xf) as u8;
                digit << 4 | digit
            }))),
            _ => None,
        }
    }

    /// Red, green and blue in amounts of light, each from 0 to 1.
    pub fn light(self) -> [f64; 3] {
        self.0.map(|channel| LIGHT[usize::from(channel)])
    }

    /// The screen's colour nearest to these amounts of light.
    pub fn from_light(light: [f64; 3]) -> Self {
        Self(light.map(|amount| HALFWAY.partition_point(|&step| step <= amount) as u8))
    }

    /// Relative luminance (WCAG 2.2, "relative luminance"), from 0 (black) to 1 (white).
    pub fn luminance(self) -> f64 {
        let [red, green, blue] = self.light();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Contrast ratio (WCAG 2.2, "contrast ratio"), from 1 (none) to 21 (black on white).
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// The amount of light of each of the 256 steps of a channel.
static LIGHT: [f64; 256] = {
    let mut light = [0.0; 256];
    let mut step = 0;
    while step < 256 {
        light[step] = amount(step as f64 / 255.0);
        step += 1;
    }
    light
};

/// The amounts of light halfway between two steps: where a channel is rounded up.
static HALFWAY: [f64; 255] = {
    let mut halfway = [0.0; 255];
    let mut step = 0;
    while step < 255 {
        halfway[step] = amount((step as f64 + 0.5) / 255.0);
        step += 1;
    }
    halfway
};

/// The amount of light of a channel's value from 0 to 1 (IEC 61966-2-1, the transfer function of
/// sRGB).
const fn amount(value: f64) -> f64 {
    if value <= 0.04045 {
        return value / 12.92;
    }
    // To the power of 2.4: the square, times the fifth root of the square.
    let base = (value + 0.055) / 1.055;
    let square = base * base;
    // Newton's method, from above. 40 turns are many more than the smallest square here needs.
    let mut root = 1.0;
    let mut turn = 0;
    while turn < 40 {
        let fourth = root * root * root * root;
        root -= (root * fourth - square) / (5.0 * fourth);
        turn += 1;
    }
    square * root
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).expect("a colour")
    }

    fn near(a: f64, b: f64, most: f64) -> bool {
        (a - b).abs() <= most
    }

    #[test]
    fn colours_are_read_as_css_reads_them() {
        assert_eq!(colour("#0a5ea8"), Colour([0x0a, 0x5e, 0xa8]));
        assert_eq!(colour("#05A"), Colour([0x00, 0x55, 0xaa]));
        assert_eq!(colour("#FFF").to_string(), "#ffffff");
        for text in ["", "#", "fff", "#ffff", "#+12345", "#ggg", "#fffffff"] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let white = colour("#fff");
        for (text, ratio) in [
            ("#000000", 21.0),
            ("#767676", 4.54),
            ("#777777", 4.48),
            ("#595959", 7.00),
            ("#ff0000", 4.00),
            ("#0000ff", 8.59),
            ("#ffffff", 1.0),
        ] {
            let found = colour(text).contrast(white);
            assert!(near(found, ratio, 0.005), "{text}: {found}");
            assert_eq!(white.contrast(colour(text)), found);
        }
    }

    #[test]
    fn the_amounts_of_light_are_those_of_srgb() {
        for (step, &amount) in LIGHT.iter().enumerate() {
            let value = step as f64 / 255.0;
            let known = if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            };
            assert!(near(amount, known, 1e-12), "{step}");
        }
    }

    proptest! {
        #[test]
        fn a_colour_survives_the_way_through_light(rgb: [u8; 3]) {
            prop_assert_eq!(Colour::from_light(Colour(rgb).light()), Colour(rgb));
            prop_assert_eq!(colour(&Colour(rgb).to_string()), Colour(rgb));
        }
    }
}
