//! The colours of a theme and a site: what is made for dark screens, and what is told about
//! colours that are too much like what they stand on.

use proptest::prelude::*;

use planpress::diagnostic::{Diagnostic, SourceText};
use planpress::theme::{self, Theme, TokenOverride};

use crate::{layer, marked};

/// The theme of a site that states these tokens, with `theme.toml` of a theme between where there
/// is one.
fn with(between: Option<&str>, stated: &[(&str, &str)]) -> (Theme, Vec<Diagnostic>) {
    let mut toml = String::from("[tokens]\n");
    let mut overrides = Vec::new();
    for (name, value) in stated {
        let name_span = toml.len()..toml.len() + name.len();
        let start = name_span.end + " = ".len();
        toml.push_str(&format!("{name} = \"{value}\"\n"));
        overrides.push(TokenOverride {
            name: (*name).to_owned(),
            name_span,
            value: (*value).to_owned(),
            value_span: start..start + value.len() + 2,
        });
    }
    let source = SourceText::new("planpress.toml", toml.as_str());
    let between = between.map(|toml| layer("ours", &[("theme.toml", toml)]));
    let layers: Vec<_> = between.into_iter().chain([theme::builtin()]).collect();
    let (theme, found) = Theme::new(&layers, Some((&source, &overrides)));
    (theme.expect("its templates compile"), found)
}

/// What is said about a site's own tokens: the value at fault, the message and the advice.
fn said(stated: &[(&str, &str)]) -> Vec<(String, String, String)> {
    let told = |found: &Diagnostic| {
        assert!(!found.is_error());
        assert_eq!((found.name, found.help.len()), ("low-contrast", 1));
        (
            marked(found).to_owned(),
            found.message.clone(),
            found.help[0].clone(),
        )
    };
    with(None, stated).1.iter().map(told).collect()
}

/// Contrast ratio (WCAG 2.2) of two tokens, by the machine's own powers.
fn ratio(theme: &Theme, a: &str, b: &str) -> f64 {
    let luminance = |name: &str| {
        let hex = theme.tokens()[name].as_str();
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Colours of a page, so that these tests do not depend on those of the default theme.
const PAGE: [(&str, &str); 6] = [
    ("background", "#ffffff"),
    ("surface", "#f2f5f8"),
    ("text", "#1b2026"),
    ("accent", "#0b4a8a"),
    ("mark", "#7c2a00"),
    ("border", "#687583"),
];

/// The same with one colour changed.
fn page_with<'a>(name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    PAGE.into_iter()
        .map(|(known, colour)| (known, if known == name { value } else { colour }))
        .collect()
}

#[test]
fn colours_have_the_same_twins_on_every_machine() {
    let (theme, found) = with(None, &PAGE);
    assert_eq!(found, []);
    for (name, twin) in [
        ("background-dark", "#14171c"),
        ("surface-dark", "#1f2329"),
        ("text-dark", "#e8edf3"),
        ("accent-dark", "#9bc4f8"),
        ("mark-dark", "#f4b198"),
        ("border-dark", "#8b949f"),
    ] {
        assert_eq!(theme.tokens()[name], twin, "{name}");
    }
}

#[test]
fn a_colour_that_stands_on_two_grounds_is_told_of_once_with_the_worse() {
    let found = said(&page_with("accent", "#4488cc"));
    assert_eq!(found.len(), 1, "{found:?}");
    let (place, message, help) = &found[0];
    assert_eq!(place, "\"#4488cc\"");
    assert_eq!(
        message,
        "`accent` (#4488cc) on `surface` (#f2f5f8): contrast 3.40:1, text needs 7:1"
    );
    let nearest = help
        .strip_prefix("The nearest colour for `accent` that passes is ")
        .and_then(|rest| rest.strip_suffix('.'))
        .expect("a colour");
    assert_eq!(said(&page_with("accent", nearest)), []);
}

#[test]
fn a_ground_is_to_blame_for_what_stood_on_it_before() {
    let found = said(&[("background", "#b8c4d0")]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, "\"#b8c4d0\"");
    let nearest = found[0].2.trim_end_matches('.').rsplit(' ').next().unwrap();
    assert_eq!(said(&[("background", nearest)]), []);
}

#[test]
fn a_colour_that_was_chosen_is_to_blame_before_one_that_was_made() {
    let ours = "[tokens]\nbackground-dark = \"#666666\"\naccent = \"#0b4a8a\"\n\
                text = \"#1b2026\"\nmark = \"#7c2a00\"\nborder = \"#687583\"\n";
    let (_, found) = with(Some(&format!("{ours}background = \"#ffffff\"\n")), &[]);
    let blamed: Vec<&str> = found.iter().map(marked).collect();
    assert_eq!(blamed, ["\"#666666\""], "{found:?}");
}

#[test]
fn a_border_needs_three_to_one() {
    assert_eq!(said(&page_with("border", "#7f7f7f")), []);
    let found = said(&page_with("border", "#aaaaaa"));
    assert_eq!(
        found[0].1,
        "`border` (#aaaaaa) on `surface` (#f2f5f8): contrast 2.12:1, borders and icons need 3:1"
    );
}

#[test]
fn a_site_may_state_a_twin_that_no_theme_states() {
    let (theme, found) = with(None, &[("accent-dark", "#cfe")]);
    assert_eq!(found, []);
    assert_eq!(theme.tokens()["accent-dark"], "#cfe");
    let (_, found) = with(None, &[("accent-dark", "1rem"), ("font-dark", "#fff")]);
    let names: Vec<&str> = found.iter().map(|found| found.name).collect();
    assert_eq!(names, ["bad-token", "unknown-token"]);
    let (_, found) = with(None, &[("acent-dark", "#cfe")]);
    assert_eq!(found[0].help, ["Did you mean `accent-dark`?"]);
}

#[test]
fn a_twin_goes_with_the_colour_that_it_was_stated_for() {
    let ours = "[tokens]\naccent = \"#0a5a2a\"\naccent-dark = \"#cceecc\"\n";
    let (theme, _) = with(Some(ours), &[]);
    assert_eq!(theme.tokens()["accent-dark"], "#cceecc");
    let (theme, found) = with(Some(ours), &[("accent", "#7a1f5c")]);
    assert_eq!(found, []);
    let (plain, _) = with(None, &[("accent", "#7a1f5c")]);
    assert_eq!(theme.tokens()["accent-dark"], plain.tokens()["accent-dark"]);
    let both = [("accent", "#7a1f5c"), ("accent-dark", "#f2b8dc")];
    let (theme, found) = with(Some(ours), &both);
    assert_eq!(found, []);
    assert_eq!(theme.tokens()["accent-dark"], "#f2b8dc");
}

#[test]
fn a_theme_inherits_the_roles_and_adds_to_them() {
    let ours = "[tokens]\npanel = \"#0b4a8a\"\nlink = \"#dddddd\"\n\
                [contrast]\ngrounds = [\"panel\"]\nnon-text = [\"link\"]\n";
    let (theme, found) = with(Some(ours), &[]);
    assert!(theme.tokens().contains_key("panel-dark"));
    let blamed: Vec<&str> = found.iter().map(marked).collect();
    // The panel, for the default's colours that stand on it; the link, on the default's grounds.
    assert_eq!(blamed, ["\"#0b4a8a\"", "\"#dddddd\""]);
    let (theme, found) = with(Some("[tokens]\npanel = \"#0b4a8a\"\n"), &[]);
    assert_eq!(found, []);
    assert!(!theme.tokens().contains_key("panel-dark"));
}

#[test]
fn nothing_is_said_about_a_colour_whose_change_went_wrong() {
    // Dark enough for the background, and on the default's surface it would be too light.
    let text = ("text", "#595959");
    assert_eq!(said(&[text]).len(), 1);
    let (_, found) = with(None, &[("surface", "#12345"), text]);
    let names: Vec<&str> = found.iter().map(|found| found.name).collect();
    assert_eq!(names, ["bad-token"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn an_accent_alone_is_enough(rgb in prop::array::uniform3(0_u8..=110)) {
        let [red, green, blue] = rgb;
        let accent = format!("#{red:02x}{green:02x}{blue:02x}");
        let (theme, found) = with(None, &[("accent", &accent)]);
        let passes = ["background", "surface"]
            .iter()
            .all(|ground| ratio(&theme, "accent", ground) >= 7.0);
        prop_assert_eq!(found.is_empty(), passes, "{:?}", found);
        for ground in ["background-dark", "surface-dark"] {
            for (front, least) in [("accent-dark", 7.0), ("text-dark", 7.0), ("border-dark", 3.0)] {
                prop_assert!(ratio(&theme, front, ground) >= least, "{accent} {front} {ground}");
            }
        }
    }
}
