//! The anchors of a page, kept small: a site keeps those of every plan until it is built.
//!
//! Anchors of one page are alike, so of each no more is kept than what it does not share with the one
//! before it ("front coding"). Those that many pages have, and those of the list, which are others' with
//! a prefix, are two bytes at most. Where each follows from the one before it (`a-1`, `a-2`, `a-3`), one
//! byte says how many do.

mod code;

use std::ops::Range;

use self::code::{Code, Coder, Codes, next_digit};
use crate::plan::anchors::{LIST_PREFIX, RESERVED};

/// Anchors in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchors {
    coded: Box<[u8]>,
}

impl Anchors {
    /// All of them, written out.
    pub fn spelled(&self) -> Spelled {
        let mut spelled = Spelled::default();
        self.spell(&mut spelled);
        spelled
    }

    /// The same, in the room of others, which end.
    pub fn spell(&self, spelled: &mut Spelled) {
        spelled.text.clear();
        spelled.places.clear();
        for code in self.codes() {
            spelled.add(code);
        }
    }

    /// True where this is one of them.
    pub fn contains(&self, anchor: &str) -> bool {
        if let Some(known) = RESERVED.iter().position(|known| *known == anchor) {
            return self.codes().any(|code| code == Code::Known(known));
        }
        let mut spelled = Spelled::default();
        spelled.text.reserve(4 * self.coded.len());
        self.codes().any(|code| spelled.add(code) == anchor)
    }

    fn codes(&self) -> Codes<'_> {
        Codes::of(&self.coded)
    }
}

impl<S: AsRef<str>> FromIterator<S> for Anchors {
    fn from_iter<I: IntoIterator<Item = S>>(anchors: I) -> Self {
        let anchors: Vec<S> = anchors.into_iter().collect();
        Self {
            coded: Coder::code(&anchors),
        }
    }
}

/// Anchors written out, one behind the other in one text.
#[derive(Debug, Default)]
pub struct Spelled {
    text: String,
    places: Vec<Range<usize>>,
}

impl Spelled {
    /// Each anchor.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let places = self.places.iter();
        places.map(|place| &self.text[place.clone()])
    }

    /// The anchor of this number.
    pub fn get(&self, number: usize) -> Option<&str> {
        Some(&self.text[self.places.get(number)?.clone()])
    }

    /// True where this is one of them, which are sorted.
    fn have(&self, anchor: &str) -> bool {
        let text = &self.text;
        let known = |place: &Range<usize>| text[place.clone()].cmp(anchor);
        self.places.binary_search_by(known).is_ok()
    }

    /// All of them.
    pub fn to_vec(&self) -> Vec<String> {
        self.iter().map(str::to_owned).collect()
    }

    /// Keeps those for which this is true.
    pub fn retain(&mut self, keeps: impl Fn(&str) -> bool) {
        self.places.retain(|place| keeps(&self.text[place.clone()]));
    }

    /// Puts another in the place of each for which there is one.
    pub fn respell(&mut self, other: impl Fn(&str) -> Option<String>) {
        for place in &mut self.places {
            if let Some(other) = other(&self.text[place.clone()]) {
                let start = self.text.len();
                self.text.push_str(&other);
                *place = start..self.text.len();
            }
        }
    }

    /// Sorts them, and leaves each once.
    pub fn sort(&mut self) {
        let text = self.text.as_bytes();
        let bytes = |place: &Range<usize>| &text[place.clone()];
        self.places.sort_by_cached_key(|place| {
            // Nearly always the first bytes, as one number, tell which of two comes first.
            let mut first = [0; 8];
            for (first, byte) in first.iter_mut().zip(bytes(place)) {
                *first = *byte;
            }
            (u64::from_be_bytes(first), bytes(place))
        });
        self.places.dedup_by(|a, b| bytes(a) == bytes(b));
    }

    /// Writes one out behind the others, and gives it.
    fn add(&mut self, code: Code) -> &str {
        let start = self.text.len();
        match code {
            Code::Known(known) => self.text.push_str(RESERVED[known]),
            Code::OfTheList(other) => {
                self.text.push_str(LIST_PREFIX);
                self.text.extend_from_within(self.places[other].clone());
            }
            Code::Written(shared, own) => {
                let before = self.places.last().map_or(0, |before| before.start);
                self.text.extend_from_within(before..before + shared);
                self.text.push_str(own);
            }
            Code::NextDigit => {
                let before = self.places.last().cloned().unwrap_or_default();
                let next = next_digit(&self.text[before.clone()]);
                self.text.extend_from_within(before.start..before.end - 1);
                self.text.extend(next);
            }
        }
        self.places.push(start..self.text.len());
        &self.text[start..]
    }
}

/// The anchors of the page that was asked for last. Whoever asks for several of one page does so in a
/// row, and then each is found quickly.
#[derive(Debug, Default)]
pub struct LastAsked(Option<(usize, Spelled)>);

impl LastAsked {
    /// True where the page of this plan, with these anchors, has this one.
    pub fn has(&mut self, plan: usize, anchors: &Anchors, anchor: &str) -> bool {
        if self.0.as_ref().is_none_or(|(last, _)| *last != plan) {
            let mut spelled = anchors.spelled();
            spelled.sort();
            self.0 = Some((plan, spelled));
        }
        self.0.as_ref().is_some_and(|(_, known)| known.have(anchor))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::code::MOST_IN_A_ROW;
    use super::*;

    #[test]
    fn an_anchor_is_among_them_only_as_a_whole() {
        let anchors: Anchors = ["list", "list-a", "a-1"].into_iter().collect();
        assert!(anchors.contains("list") && anchors.contains("a-1"));
        assert!(!anchors.contains("list-") && !anchors.contains("a") && !anchors.contains(""));
        assert!(!Anchors::default().contains(""));
    }

    #[test]
    fn each_page_is_asked_for_its_own_anchors() {
        let [first, second]: [Anchors; 2] = [["list", "b", "a"], ["c", "list", "list-c"]]
            .map(|anchors| anchors.into_iter().collect());
        let mut asked = LastAsked::default();
        for _ in 0..2 {
            assert!(
                ["a", "b", "list"]
                    .iter()
                    .all(|anchor| asked.has(0, &first, anchor))
            );
            assert!(!asked.has(0, &first, "c") && !asked.has(0, &first, "list-c"));
            assert!(asked.has(1, &second, "list-c") && !asked.has(1, &second, "a"));
        }
    }

    fn kept(anchors: &[&str]) -> Anchors {
        let kept: Anchors = anchors.iter().collect();
        assert_eq!(kept.spelled().to_vec(), anchors);
        kept
    }

    #[test]
    fn so_many_in_a_row_take_one_byte() {
        let one_more = |anchors: &[&str]| {
            let (most, _) = anchors.split_at(anchors.len() - 1);
            kept(anchors).coded.len() - kept(most).coded.len()
        };
        assert_eq!(one_more(&["a-1", "a-2"]), 1);
        assert_eq!(one_more(&["a-1", "a-2", "a-3"]), 0);
        assert_eq!(one_more(&["a", "b", "c", "list-a", "list-b", "list-c"]), 0);
        assert_eq!(one_more(&RESERVED[..4]), 0);
        let of_domains: Vec<String> = (0..40).map(|number| format!("x{number}y")).collect();
        let listed = of_domains.iter().map(|id| format!("{LIST_PREFIX}{id}"));
        let all: Vec<String> = of_domains.iter().cloned().chain(listed).collect();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let bytes = |listed: usize| kept(&all[..40 + listed]).coded.len();
        assert_eq!(bytes(1 + MOST_IN_A_ROW), bytes(1) + 1);
        assert_eq!(bytes(2 + MOST_IN_A_ROW), bytes(1) + 2);
    }

    #[test]
    fn what_only_seems_to_follow_comes_back_as_it_was() {
        for anchors in [
            &["a-08", "a-09", "a-9", "a-10", "a-010", "a-11"][..],
            &["a-9", "a-11", "a-19", "a-21", "a-1", "a-1", "a-2"],
            &["1", "2", "é1", "é2", "a-٣", "a-٤", "", "1", "9", ":"],
            &[
                "list-a",
                "a",
                "b",
                "list-a",
                "list-b",
                "list-list-a",
                "list-",
            ],
            &["letter", "vision", "mission", "contents", "list-top"],
        ] {
            kept(anchors);
        }
    }

    proptest! {
        #[test]
        fn anchors_come_back_as_they_were(
            anchors in prop::collection::vec("[a-cé文]{0,4}|list(-[a-c]{0,2})?|top|(ab|é){6,300}|[a-c]-[0-9]", 0..20),
        ) {
            let kept: Anchors = anchors.iter().collect();
            prop_assert_eq!(kept.spelled().to_vec(), anchors);
        }

        #[test]
        fn anchors_in_a_row_come_back_as_they_were(
            rows in prop::collection::vec(("(list-)?[a-c]?", 0..9_u8, 0..4_u8), 0..12),
            (from, to) in (0..30_usize, 0..30_usize),
        ) {
            let row = |(of, first, more): &(String, u8, u8)| {
                let of = of.clone();
                (*first..=first + more).map(move |last| format!("{of}{last}"))
            };
            let mut anchors: Vec<String> = rows.iter().flat_map(row).collect();
            let part = anchors.get(from.min(to)..from.max(to)).unwrap_or(&anchors);
            let listed: Vec<_> = part.iter().map(|anchor| [LIST_PREFIX, anchor].concat()).collect();
            anchors.extend(listed);
            anchors.extend(RESERVED[from % RESERVED.len()..].iter().map(|known| known.to_string()));
            let kept: Anchors = anchors.iter().collect();
            prop_assert_eq!(kept.spelled().to_vec(), &*anchors);
            for anchor in &anchors {
                prop_assert!(kept.contains(anchor));
            }
        }
    }
}
