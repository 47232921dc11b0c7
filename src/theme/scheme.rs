//! How a colour for bright screens becomes one for dark screens, and the nearest colour that will do.
//!
//! In: a colour, and what it has to contrast with. Out: a colour, made in Oklab, so that the hue
//! stays and only lightness and chroma move; every promise about contrast is kept by the 8-bit
//! colour that goes out, not by the one that was computed.

use super::colour::Colour;
use super::oklab::Oklab;

/// How light the dark twin of white is: dark, and not the black on which light text glares.
const DARKEST: f64 = 0.205;

/// How much lighter a ground that is not white can get in the dark. What is a little darker than
/// the page on a bright screen is a little lighter than it on a dark one.
const RISE: f64 = 0.1;

/// The lightness around which colours that stand on grounds are mirrored.
const MIRROR: f64 = 0.61;

/// The lightness above which text glares on a dark screen.
const LIGHTEST: f64 = 0.945;

/// Colours seem stronger on dark grounds: this share of their chroma is as calm as all of it was.
const CALMED: f64 = 0.7;

/// From this chroma on a colour is taken for coloured, and below it for a grey.
const COLOURED: f64 = 0.04;

/// The same for a ground, where less is seen as a tint. A dark ground has no more than this.
const TINTED: f64 = 0.02;

/// How much of the accent's hue a dark ground takes on, per lightness.
const TRACE: f64 = 0.05;

/// The twin of a ground. A ground without a hue of its own gets a trace of the accent's. Always
/// dark enough that some text has a contrast of 7:1 on it.
pub fn dark_ground(light: Colour, accent: Option<Colour>) -> Colour {
    let ground = Oklab::of(light);
    let distance = 1.0 - ground.lightness;
    let lightness = DARKEST + RISE * distance / (distance + 0.03);
    if ground.lightness <= lightness {
        // The theme is dark on every screen.
        return light;
    }
    let accent = accent
        .map(Oklab::of)
        .filter(|accent| accent.chroma() >= COLOURED);
    let twin = match accent {
        _ if ground.chroma() >= TINTED => ground.with_chroma(TINTED),
        Some(accent) => accent.with_chroma(TRACE * lightness),
        None => ground,
    };
    twin.at(lightness).on_screen()
}

/// The twin of what stands on grounds: light, of the same hue, and with the contrast `least` on
/// all of the dark `grounds` where any shade of it has that.
pub fn dark_front(light: Colour, least: u8, grounds: &[Colour]) -> Colour {
    let front = Oklab::of(light);
    let mirrored = (2.0 * MIRROR - front.lightness).min(LIGHTEST);
    let twin = if front.lightness >= mirrored {
        light
    } else {
        let calmed = front.with_chroma(CALMED * front.chroma());
        calmed.at(mirrored).on_screen()
    };
    let passes = |colour: Colour| {
        grounds
            .iter()
            .all(|&ground| colour.contrast(ground) >= f64::from(least))
    };
    if passes(twin) {
        return twin;
    }
    nearest(twin, passes).unwrap_or(twin)
}

/// The colour that passes, of the same hue, whose lightness is nearest; `None` where no shade does.
pub fn nearest(colour: Colour, passes: impl Fn(Colour) -> bool) -> Option<Colour> {
    // What lies between two of these nobody can tell from them.
    const STEPS: u32 = 1024;
    let from = Oklab::of(colour);
    (1..=STEPS)
        .map(|step| f64::from(step) / f64::from(STEPS))
        .flat_map(|far| [from.lightness - far, from.lightness + far])
        .filter(|lightness| (0.0..=1.0).contains(lightness))
        .map(|lightness| from.at(lightness).on_screen())
        .find(|&colour| passes(colour))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WHITE: Colour = Colour([255; 3]);

    fn passes(colour: Colour, least: u8, grounds: &[Colour]) -> bool {
        grounds
            .iter()
            .all(|&ground| colour.contrast(ground) >= f64::from(least))
    }

    /// How nearly two colours have one hue: 1 where they do; `None` where one is too grey to say.
    fn alike(a: Colour, b: Colour) -> Option<f64> {
        let (a, b) = (Oklab::of(a), Oklab::of(b));
        let strong = a.chroma() >= COLOURED && b.chroma() >= COLOURED;
        strong.then(|| (a.a * b.a + a.b * b.b) / (a.chroma() * b.chroma()))
    }

    #[test]
    fn what_is_dark_on_every_screen_stays_as_it_is() {
        let (page, link) = (Colour([0x10, 0x14, 0x18]), Colour([0xff, 0xd2, 0x4d]));
        assert_eq!(dark_ground(page, Some(link)), page);
        assert_eq!(dark_front(link, 7, &[page]), link);
    }

    #[test]
    fn white_turns_dark_with_a_trace_of_the_accent() {
        let blue = Colour([0x0b, 0x4a, 0x8a]);
        let Colour([red, _, most]) = dark_ground(WHITE, Some(blue));
        assert!(most > red && most < 40, "{red} {most}");
        for accent in [None, Some(Colour([0x33; 3]))] {
            let Colour([red, green, blue]) = dark_ground(WHITE, accent);
            assert!(red == green && green == blue);
        }
    }

    #[test]
    fn a_cream_page_turns_into_a_warm_dark_one() {
        let blue = Colour([0x0b, 0x4a, 0x8a]);
        let Colour([red, _, least]) = dark_ground(Colour([0xfd, 0xf3, 0xdc]), Some(blue));
        assert!(red > least && red < 64, "{red} {least}");
    }

    #[test]
    fn no_shade_passes_on_black_and_white_at_once() {
        let grounds = [WHITE, Colour([0; 3])];
        let red = Colour([200, 0, 0]);
        assert_eq!(nearest(red, |shade| passes(shade, 7, &grounds)), None);
    }

    proptest! {
        #[test]
        fn some_text_passes_on_the_twin_of_any_ground(ground: [u8; 3], tint: [u8; 3]) {
            let dark = dark_ground(Colour(ground), Some(Colour(tint)));
            prop_assert!(passes(WHITE, 12, &[dark]), "{dark}");
        }

        #[test]
        fn a_surface_that_can_be_told_from_the_page_still_can_in_the_dark(
            grey in 225_u8..=250, tint: [u8; 3],
        ) {
            let tint = Some(Colour(tint));
            let (page, surface) = (dark_ground(WHITE, tint), dark_ground(Colour([grey; 3]), tint));
            prop_assert!(surface.luminance() > page.luminance());
            prop_assert!(surface.contrast(page) >= WHITE.contrast(Colour([grey; 3])).min(1.1));
        }

        #[test]
        fn what_passes_in_the_light_has_a_twin_that_passes_in_the_dark(
            front: [u8; 3], ground in 200_u8..=255, least in prop::sample::select(vec![3_u8, 7]),
        ) {
            let (front, light) = (Colour(front), [WHITE, Colour([ground; 3])]);
            let front = if passes(front, least, &light) {
                front
            } else {
                nearest(front, |shade| passes(shade, least, &light)).expect("black passes on these")
            };
            let dark = light.map(|ground| dark_ground(ground, Some(front)));
            let twin = dark_front(front, least, &dark);
            prop_assert!(passes(twin, least, &dark), "{front} {twin}");
            prop_assert!(alike(front, twin).is_none_or(|cosine| cosine > 0.99), "{front} {twin}");
        }

        #[test]
        fn the_nearest_colour_passes_and_keeps_its_hue(front: [u8; 3], ground in 190_u8..=255) {
            let (front, grounds) = (Colour(front), [WHITE, Colour([ground; 3])]);
            prop_assume!(!passes(front, 7, &grounds));
            let found = nearest(front, |shade| passes(shade, 7, &grounds));
            let found = found.expect("black passes on these");
            prop_assert!(passes(found, 7, &grounds));
            prop_assert!(alike(front, found).is_none_or(|cosine| cosine > 0.99), "{front} {found}");
            // Nothing that is nearer to where it came from passes, as far as 8 bits can say.
            let (from, to) = (Oklab::of(front), Oklab::of(found).lightness);
            let way = from.lightness - to;
            if way.abs() > 0.01 {
                let nearer = from.at(to + way.signum() * 0.008).on_screen();
                prop_assert!(!passes(nearer, 7, &grounds), "{front} {found} {nearer}");
            }
        }
    }
}
