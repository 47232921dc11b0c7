//! Colours by what the eye sees: how light, which hue, how much of it.
//!
//! In and out: a [`Colour`]. The space is Oklab (Björn Ottosson, 2020; CSS Color 4, section 9), in
//! which a hue stays the same hue when its lightness changes. The hue is kept as a direction in
//! the plane of `a` and `b` and not as an angle, so that no sine is needed (see `colour.rs`).

use super::colour::Colour;

/// A colour in Oklab.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Oklab {
    /// From 0 (black) to 1 (white).
    pub lightness: f64,
    /// The hue is the direction of these two, the chroma their length: 0 for a grey, 0.32 at most.
    pub a: f64,
    pub b: f64,
}

impl Oklab {
    /// The colour as the eye sees it.
    pub fn of(colour: Colour) -> Self {
        let [red, green, blue] = colour.light();
        // How much light each kind of cone in the eye gets, and how strongly it answers.
        let long =
            cube_root(0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue);
        let medium =
            cube_root(0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue);
        let short =
            cube_root(0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue);
        Self {
            lightness: 0.210_454_255_3 * long + 0.793_617_785_0 * medium - 0.004_072_046_8 * short,
            a: 1.977_998_495_1 * long - 2.428_592_205_0 * medium + 0.450_593_709_9 * short,
            b: 0.025_904_037_1 * long + 0.782_771_766_2 * medium - 0.808_675_766_0 * short,
        }
    }

    /// How far from grey.
    pub fn chroma(self) -> f64 {
        // IEEE 754 rounds the square root like the basic operations.
        (self.a * self.a + self.b * self.b).sqrt()
    }

    /// The same hue and chroma at another lightness.
    pub fn at(self, lightness: f64) -> Self {
        Self { lightness, ..self }
    }

    /// The same hue and lightness with another chroma; a grey stays grey.
    pub fn with_chroma(self, chroma: f64) -> Self {
        let now = self.chroma();
        if now < GREY {
            return Self {
                a: 0.0,
                b: 0.0,
                ..self
            };
        }
        self.paler(chroma / now)
    }

    /// The nearest colour that a screen can show, of the same lightness and hue: with less chroma
    /// where there is no such colour (CSS Color 4, section 13.2, without its local clipping).
    pub fn on_screen(self) -> Colour {
        let lab = self.at(self.lightness.clamp(0.0, 1.0));
        if lab.fits() {
            return Colour::from_light(lab.light());
        }
        // A share of the chroma that fits, and one that does not, drawn together.
        let (mut fits, mut too_much) = (0.0, 1.0);
        for _ in 0..16 {
            let share = (fits + too_much) / 2.0;
            if lab.paler(share).fits() {
                fits = share;
            } else {
                too_much = share;
            }
        }
        Colour::from_light(lab.paler(fits).light())
    }

    fn paler(self, share: f64) -> Self {
        Self {
            a: self.a * share,
            b: self.b * share,
            ..self
        }
    }

    /// Red, green and blue in amounts of light; outside 0 to 1 where no screen can show it.
    fn light(self) -> [f64; 3] {
        let Self { lightness, a, b } = self;
        let cube = |answer: f64| answer * answer * answer;
        let long = cube(lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b);
        let medium = cube(lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b);
        let short = cube(lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b);
        [
            4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short,
            -1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short,
            -0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701_0 * short,
        ]
    }

    fn fits(self) -> bool {
        // The published numbers have ten digits: white comes out a hair beside 1.
        self.light()
            .iter()
            .all(|amount| (-1e-6..=1.0 + 1e-6).contains(amount))
    }
}

/// Below this chroma there is no hue to speak of.
const GREY: f64 = 1e-4;

/// By Newton's method, from above; 40 turns are many more than any amount of light needs.
fn cube_root(amount: f64) -> f64 {
    if amount <= 0.0 {
        return 0.0;
    }
    let mut root = 1.0;
    for _ in 0..40 {
        root -= (root - amount / (root * root)) / 3.0;
    }
    root
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_colours_are_where_the_published_space_has_them() {
        for (text, lightness, a, b) in [
            ("#000000", 0.0, 0.0, 0.0),
            ("#ffffff", 1.0, 0.0, 0.0),
            ("#ff0000", 0.627_96, 0.224_86, 0.125_85),
            ("#00ff00", 0.866_44, -0.233_89, 0.179_50),
            ("#0000ff", 0.452_01, -0.032_46, -0.311_53),
        ] {
            let lab = Oklab::of(Colour::parse(text).expect("a colour"));
            let near = |a: f64, b: f64| (a - b).abs() < 2e-5;
            assert!(
                near(lab.lightness, lightness) && near(lab.a, a) && near(lab.b, b),
                "{text}: {lab:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_colour_survives_the_way_through_oklab(rgb: [u8; 3]) {
            prop_assert_eq!(Oklab::of(Colour(rgb)).on_screen(), Colour(rgb));
        }

        #[test]
        fn whatever_its_lightness_a_colour_keeps_its_hue(rgb: [u8; 3], lightness in 0.2..0.95) {
            let before = Oklab::of(Colour(rgb));
            let after = Oklab::of(before.at(lightness).on_screen());
            prop_assert!((after.lightness - lightness).abs() < 0.01);
            // Eight bits cannot hold the hue of what is nearly grey.
            if before.chroma() > 0.04 && after.chroma() > 0.04 {
                let along = before.a * after.a + before.b * after.b;
                let cosine = along / (before.chroma() * after.chroma());
                prop_assert!(cosine > 0.99, "{cosine}");
            }
        }
    }
}
