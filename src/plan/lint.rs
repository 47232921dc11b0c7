//! Warnings: what is probably a slip, though the plan can be published as it is.
//!
//! Each has a name that `allow` takes. A warning must be worth a person's time: the rules here are
//! narrow on purpose.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use super::model::{Objective, Plan};
use super::reader::Reader;
use super::slug::{slug, slug_hint};
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
    let slugs: Vec<String> = names.iter().map(|(name, _)| slug(name)).collect();
    for (later, (name, span)) in names.iter().enumerate() {
        let Some(earlier) = (0..later).find(|earlier| is_near(&slugs[*earlier], &slugs[later]))
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

/// True where two names, as slugs, are alike but for one word, and that one a likely slip for the
/// other ("Stability", "Sustainability"). Names that differ in digits alone are meant to be alike.
fn is_near(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    // Every name is compared with every other: what rules most of them out comes first.
    let same = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b);
    let same = same.count();
    let start = one.as_bytes()[..same]
        .iter()
        .rposition(|&byte| byte == b'-')
        .map_or(0, |hyphen| hyphen + 1);
    let (one_end, other_end) = (&one[start..], &other[start..]);
    if one_end.chars().next() != other_end.chars().next() {
        return false;
    }
    let (one_word, one_rest) = first_word(one_end);
    let (other_word, other_rest) = first_word(other_end);
    let enough = if one_word.len() < one.len() { 0.6 } else { 0.8 };
    let without_digits = |word: &str| word.replace(char::is_numeric, "");
    one_rest == other_rest
        && without_digits(one_word) != without_digits(other_word)
        && strsim::normalized_levenshtein(one_word, other_word) >= enough
}

/// The first word of a slug, and the rest from its hyphen on.
fn first_word(slug: &str) -> (&str, &str) {
    slug.split_at(slug.find('-').unwrap_or(slug.len()))
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
    let mut hints: Vec<(u64, usize, &Objective)> = Vec::new();
    plan.walk_objectives(&mut |objective| {
        if let Some(text) = &objective.text {
            hints.push((slug_hint(&text.plain()), hints.len(), objective));
        }
    });
    hints.sort_unstable_by_key(|(hint, index, _)| (*hint, *index));
    let mut found = Vec::new();
    for alike in hints.chunk_by(|(one, ..), (other, ..)| one == other) {
        let [_, _, ..] = alike else { continue };
        let mut seen: HashMap<String, Range<usize>> = HashMap::new();
        for (_, index, objective) in alike {
            let words = objective.text.as_ref().map(|text| slug(&text.plain()));
            let Some(words) = words.filter(|words| !words.is_empty()) else {
                continue;
            };
            match seen.entry(words) {
                Entry::Occupied(first) => found.push((*index, *objective, first.get().clone())),
                Entry::Vacant(free) => {
                    free.insert(objective.span.clone());
                }
            }
        }
    }
    found.sort_unstable_by_key(|(index, ..)| *index);
    for (_, Objective { span, .. }, first) in found {
        let diagnostic = Diagnostic::warning("repeated-objective", "this objective is there twice")
            .at(reader.source(), span.clone())
            .help("Leave one of them out, or say how they differ.")
            .also(reader.source().place(first), "the first one");
        reader.report(span.clone(), diagnostic);
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
    let is_closed = |(text, _): &&(&Text, _)| ends_like_a_sentence(&text.plain());
    let closed = texts.iter().filter(is_closed).count();
    if closed == texts.len() || closed <= texts.len() - closed {
        return;
    }
    for (_, span) in texts.iter().filter(|text| !is_closed(text)) {
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
    // As most do.
    if text.ends_with('.') {
        return true;
    }
    text.trim_end_matches([
        '"', '\'', '”', '’', '»', '«', '“', ')', ']', '」', '』', ' ',
    ])
    .ends_with([
        '.', '!', '?', '…', '。', '！', '？', '।', '؟', '۔', ':', ';',
    ])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The rule as it reads, word by word.
    fn is_near_by_words(one: &str, other: &str) -> bool {
        let (a, b): (Vec<_>, Vec<_>) = (one.split('-').collect(), other.split('-').collect());
        let digitless = |slug: &str| slug.replace(char::is_numeric, "");
        if a == b {
            return true;
        }
        if a.len() != b.len() || digitless(one) == digitless(other) {
            return false;
        }
        let differing: Vec<_> = a.iter().zip(&b).filter(|(a, b)| a != b).collect();
        let enough = if a.len() > 1 { 0.6 } else { 0.8 };
        differing.len() == 1
            && differing.iter().all(|(a, b)| {
                a.chars().next() == b.chars().next()
                    && strsim::normalized_levenshtein(a, b) >= enough
            })
    }

    proptest! {
        #[test]
        fn names_are_near_where_all_words_but_one_are_alike(
            one in "[abé1]{0,4}(-[abé1]{1,4}){0,3}",
            other in "[abé1]{0,4}(-[abé1]{1,4}){0,3}",
            (at, with) in (0_usize..12, "[abé1-]{0,2}"),
        ) {
            prop_assert_eq!(is_near(&one, &other), is_near_by_words(&one, &other));
            // Two that are hardly different.
            let mut chars: Vec<char> = one.chars().collect();
            chars.splice(at.min(chars.len())..(at + 1).min(chars.len()), with.chars());
            let changed: String = chars.into_iter().collect();
            prop_assert_eq!(is_near(&one, &changed), is_near_by_words(&one, &changed));
        }
    }
}
