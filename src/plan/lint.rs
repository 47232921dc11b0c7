//! Warnings: what is probably a slip, though the plan can be published as it is.
//!
//! Each has a name that `allow` takes. A warning must be worth a person's time: the rules here are
//! narrow on purpose.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use super::model::{Objective, Plan};
use super::reader::Reader;
use super::slug::{slug, slug_beginning};
use super::text::Text;
use crate::diagnostic::Diagnostic;

/// Looks through one plan.
pub fn check(reader: &mut Reader, plan: &Plan) {
    let domains = plan
        .domains
        .iter()
        .filter_map(|domain| domain.name.as_ref())
        .map(|name| (name.value.as_str(), name.span.clone()));
    near_duplicates(reader, "domain", &domains.collect::<Vec<_>>());
    let values = plan
        .values
        .iter()
        .filter_map(|value| value.name.as_ref())
        .map(|name| (name.value.as_str(), name.span.clone()));
    near_duplicates(reader, "value", &values.collect::<Vec<_>>());
    repeated_labels(reader, plan);
    repeated_objectives(reader, plan);
    closing_periods(reader, plan);
}

fn near_duplicates(reader: &mut Reader, what: &str, names: &[(&str, Range<usize>)]) {
    let folded: Vec<Folded> = names.iter().map(|(name, _)| Folded::new(name)).collect();
    for (later, (name, span)) in names.iter().enumerate() {
        let Some(earlier) = (0..later).find(|earlier| folded[*earlier].is_near(&folded[later]))
        else {
            continue;
        };
        let (other, place) = &names[earlier];
        let diagnostic = Diagnostic::warning("near-duplicate-name", if other == name {
            format!("two {what}s are called \"{name}\"")
        } else {
            format!("two {what}s are called almost the same: \"{other}\" and \"{name}\"")
        })
            .at(reader.source(), span.clone())
            .help("If they are one, use one name for it; if they are two, silence this with allow = [\"near-duplicate-name\"].")
            .also(reader.source().place(place.clone()), "the other one");
        reader.report(span.clone(), diagnostic);
    }
}

/// A name as it is compared: in lower case, in words, without punctuation.
struct Folded {
    slug: String,
    /// How many words the slug has.
    words: usize,
}

impl Folded {
    fn new(name: &str) -> Self {
        let slug = slug(name);
        let words = slug.split('-').count();
        Self { slug, words }
    }

    /// Alike but for one word, and that one a likely slip for the other ("Stability",
    /// "Sustainability"). Names that differ in digits alone are meant to be alike.
    fn is_near(&self, other: &Self) -> bool {
        if self.slug == other.slug {
            return true;
        }
        if self.words != other.words {
            return false;
        }
        let both = self.slug.split('-').zip(other.slug.split('-'));
        let mut differing = both.filter(|(a, b)| a != b);
        let (Some((a, b)), None) = (differing.next(), differing.next()) else {
            return false;
        };
        let without_digits = |word: &str| word.replace(char::is_numeric, "");
        let enough = if self.words > 1 { 0.6 } else { 0.8 };
        a.chars().next() == b.chars().next()
            && without_digits(a) != without_digits(b)
            && strsim::normalized_levenshtein(a, b) >= enough
    }
}

/// Two domains with one label would have their objectives cited alike.
fn repeated_labels(reader: &mut Reader, plan: &Plan) {
    let mut seen: HashMap<String, Range<usize>> = HashMap::new();
    for domain in &plan.domains {
        let Some(label) = &domain.label else { continue };
        match seen.entry(slug(label)) {
            Entry::Occupied(first) => {
                let first = reader.source().place(first.get().clone());
                let warning = Diagnostic::warning("repeated-label", format!("two domains have the label \"{label}\", so their objectives are cited alike"))
                    .at(reader.source(), domain.span.clone())
                    .help("Give each domain a label of its own.")
                    .also(first, "the other one");
                reader.report(domain.span.clone(), warning);
            }
            Entry::Vacant(free) => {
                free.insert(domain.span.clone());
            }
        }
    }
}

/// Two objectives are one where their words are: capitals and punctuation do not count.
fn repeated_objectives(reader: &mut Reader, plan: &Plan) {
    // Hardly two objectives begin alike, and only those that do are compared as a whole.
    const BEGINNING: usize = 32;
    let mut alone: HashMap<Vec<u8>, Option<&Objective>> = HashMap::new();
    let mut seen: HashMap<String, Range<usize>> = HashMap::new();
    let mut found = Vec::new();
    let words = |objective: &Objective| objective.text.as_ref().map(|text| slug(&text.plain()));
    plan.walk_objectives(&mut |objective| {
        let Some(text) = &objective.text else { return };
        let mut beginning = slug_beginning(&text.plain(), BEGINNING).into_bytes();
        if beginning.is_empty() {
            return;
        }
        beginning.truncate(BEGINNING);
        let other = match alone.entry(beginning) {
            Entry::Vacant(free) => {
                free.insert(Some(objective));
                return;
            }
            Entry::Occupied(mut other) => other.get_mut().take(),
        };
        for objective in other.into_iter().chain([objective]) {
            let Some(words) = words(objective) else {
                continue;
            };
            match seen.entry(words) {
                Entry::Occupied(first) => found.push((objective.span.clone(), first.get().clone())),
                Entry::Vacant(free) => {
                    free.insert(objective.span.clone());
                }
            }
        }
    });
    for (span, first) in found {
        let diagnostic = Diagnostic::warning("repeated-objective", "this objective is there twice")
            .at(reader.source(), span.clone())
            .help("Leave one of them out, or say how they differ.")
            .also(reader.source().place(first), "the first one");
        reader.report(span, diagnostic);
    }
}

/// Sentences that stand side by side end alike: where most have a closing period, one without is
/// a slip.
fn closing_periods(reader: &mut Reader, plan: &Plan) {
    let goals: Vec<_> = plan
        .domains
        .iter()
        .filter_map(|domain| Some((domain.goal.as_ref()?, domain.goal_span.clone())))
        .collect();
    uneven_periods(reader, "goal statement", &goals);
    let values: Vec<_> = plan
        .values
        .iter()
        .filter_map(|value| Some((value.description.as_ref()?, value.span.clone())))
        .collect();
    uneven_periods(reader, "value", &values);
    for domain in &plan.domains {
        siblings(reader, "objective", &domain.objectives);
    }
}

fn siblings(reader: &mut Reader, what: &str, objectives: &[Objective]) {
    let texts: Vec<_> = objectives
        .iter()
        .filter_map(|objective| Some((objective.text.as_ref()?, objective.span.clone())))
        .collect();
    uneven_periods(reader, what, &texts);
    for objective in objectives {
        siblings(reader, "initiative", &objective.initiatives);
    }
}

fn uneven_periods(reader: &mut Reader, what: &str, texts: &[(&Text, Range<usize>)]) {
    let closed: Vec<bool> = texts
        .iter()
        .map(|(text, _)| ends_like_a_sentence(&text.plain()))
        .collect();
    let with = closed.iter().filter(|closed| **closed).count();
    if with == closed.len() || with <= closed.len() - with {
        return;
    }
    for (_, span) in texts
        .iter()
        .zip(&closed)
        .filter(|(_, closed)| !**closed)
        .map(|(text, _)| text)
    {
        let end = span.end.saturating_sub(1).max(span.start)..span.end;
        let diagnostic = Diagnostic::warning(
            "missing-closing-period",
            format!("this {what} has no closing period, its neighbours have"),
        )
        .at(reader.source(), end)
        .label("a period belongs here")
        .help("Add the period, or silence this with allow = [\"missing-closing-period\"].");
        reader.report(span.clone(), diagnostic);
    }
}

fn ends_like_a_sentence(text: &str) -> bool {
    text.trim_end_matches([
        '"', '\'', '”', '’', '»', '«', '“', ')', ']', '」', '』', ' ',
    ])
    .ends_with([
        '.', '!', '?', '…', '。', '！', '？', '।', '؟', '۔', ':', ';',
    ])
}
