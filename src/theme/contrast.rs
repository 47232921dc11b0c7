//! Colours that are too much like what they stand on, for the webmaster who chose one of them.
//!
//! In: the two schemes. Out: a warning at every value that is to blame, with the pair, the ratio
//! and the nearest colour that passes. Text needs 7:1 (WCAG 1.4.6), what is no text 3:1 (1.4.11).

use super::colour::Colour;
use super::palette::{Palette, Swatch};
use super::roles::Role;
use super::scheme::nearest;
use crate::diagnostic::Diagnostic;

/// What stands on what, with too little contrast.
struct Pair<'p> {
    front: &'p Swatch<'p>,
    ground: &'p Swatch<'p>,
    ratio: f64,
    least: u8,
}

/// Warns about every colour of either scheme that breaks its contrast.
pub fn check(palette: &Palette<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for scheme in [&palette.light, &palette.dark] {
        let mut pairs = faint(scheme);
        // The worst pair speaks for the others that the same colour is to blame for.
        pairs.sort_by(|a, b| a.share().total_cmp(&b.share()));
        let mut told: Vec<&str> = Vec::new();
        for pair in pairs {
            let name = pair.to_blame().0.name.as_str();
            if !told.contains(&name) {
                told.push(name);
                diagnostics.push(pair.warning(scheme));
            }
        }
    }
}

/// The pairs that break their contrast. Of a colour that somebody tried to change and failed,
/// nothing is said: the error about it comes first.
fn faint<'p>(scheme: &'p [Swatch<'p>]) -> Vec<Pair<'p>> {
    let sound = || scheme.iter().filter(|swatch| !swatch.token.spoiled);
    let grounds: Vec<&Swatch<'_>> = sound()
        .filter(|swatch| swatch.role.least_contrast().is_none())
        .collect();
    let mut pairs = Vec::new();
    for front in sound() {
        let Some(least) = front.role.least_contrast() else {
            continue;
        };
        for &ground in &grounds {
            let ratio = front.colour.contrast(ground.colour);
            if ratio < f64::from(least) {
                pairs.push(Pair {
                    front,
                    ground,
                    ratio,
                    least,
                });
            }
        }
    }
    pairs
}

impl<'p> Pair<'p> {
    /// How much of the contrast that is needed there is, from 0 to 1.
    fn share(&self) -> f64 {
        self.ratio / f64::from(self.least)
    }

    /// The colour that was stated last, as what came before it was right until then; and the
    /// other one. Within one layer a colour that somebody chose comes before one that was
    /// derived, and what stands on a ground before the ground.
    fn to_blame(&self) -> (&'p Swatch<'p>, &'p Swatch<'p>) {
        let late = |swatch: &Swatch<'_>| (swatch.token.layer, swatch.derived_from.is_none());
        if late(self.ground) > late(self.front) {
            (self.ground, self.front)
        } else {
            (self.front, self.ground)
        }
    }

    fn warning(&self, scheme: &[Swatch<'_>]) -> Diagnostic {
        let (blamed, other) = self.to_blame();
        let needs = match self.front.role {
            Role::NonText => "borders and icons need",
            _ => "text needs",
        };
        let message = format!(
            "{} on {}: contrast {}, {needs} {}:1",
            shown(self.front),
            shown(self.ground),
            shown_ratio(self.ratio),
            self.least,
        );
        let passes = |colour: Colour| scheme.iter().all(|other| is_enough(colour, blamed, other));
        let name = &blamed.name;
        let help = match (nearest(blamed.colour, passes), blamed.derived_from) {
            (Some(colour), None) => {
                format!("The nearest colour for `{name}` that passes is {colour}.")
            }
            (Some(colour), Some(_)) => {
                format!("State `{name}` too: the nearest colour that passes is {colour}.")
            }
            (None, _) => {
                let all = match blamed.role {
                    Role::Ground => "under all that stands on it",
                    _ => "on all of the grounds",
                };
                format!(
                    "No lighter or darker shade of `{name}` passes {all}: change `{}`.",
                    other.name
                )
            }
        };
        Diagnostic::warning("low-contrast", message)
            .at(&blamed.token.source, blamed.token.span.clone())
            .help(help)
    }
}

/// True where `colour`, in the place of `blamed`, keeps its contrast with `other`.
fn is_enough(colour: Colour, blamed: &Swatch<'_>, other: &Swatch<'_>) -> bool {
    let least = match (blamed.role.least_contrast(), other.role.least_contrast()) {
        (Some(least), None) | (None, Some(least)) => f64::from(least),
        _ => return true,
    };
    other.token.spoiled || colour.contrast(other.colour) >= least
}

fn shown(swatch: &Swatch<'_>) -> String {
    let Swatch { name, colour, .. } = swatch;
    match swatch.derived_from {
        Some(from) => format!("`{name}` ({colour}, made from `{from}`)"),
        None => format!("`{name}` ({colour})"),
    }
}

/// With two decimals, rounded down: what is shown as 7.00 passes.
fn shown_ratio(ratio: f64) -> String {
    let hundredths = (ratio * 100.0) as u32;
    format!("{}.{:02}:1", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_never_reads_better_than_it_is() {
        assert_eq!(shown_ratio(6.999), "6.99:1");
        assert_eq!(shown_ratio(2.051), "2.05:1");
        assert_eq!(shown_ratio(1.0), "1.00:1");
    }
}
