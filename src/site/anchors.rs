//! The anchors of a page, kept small: a site keeps those of every plan until it is built.
//!
//! Anchors of one page are alike (`a-1`, `a-2`), so of each no more is kept than what it does not share
//! with the one before it ("front coding"). Those that many pages have, and those of the list, which
//! are others' with a prefix, are two bytes at most.

use std::iter::repeat_n;
use std::ops::Range;

use crate::plan::anchors::{LIST_PREFIX, RESERVED};

/// Anchors in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchors {
    /// Each begins with a byte of two digits. The first is how many bytes it shares with the one before
    /// it, the second how many follow; where a digit is [`LONG`], so many and a length behind it.
    /// Where the first is [`KNOWN`], the second is the place of the anchor in [`RESERVED`], or says
    /// that the anchor is [`LIST_PREFIX`] and an anchor whose number is the length behind it.
    coded: Box<[u8]>,
}

const LONG: usize = 14;
const KNOWN: usize = 15;
const OF_THE_LIST: usize = 15;
const _: () = assert!(RESERVED.len() <= OF_THE_LIST);

/// A byte of a length that says that it goes on: a length is the sum of its bytes.
const MORE: u8 = u8::MAX;

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

    fn codes(&self) -> impl Iterator<Item = Code<'_>> {
        let mut rest = &*self.coded;
        std::iter::from_fn(move || Code::take(&mut rest))
    }
}

/// How one anchor is kept.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Code<'c> {
    /// The one of this place in [`RESERVED`].
    Known(usize),
    /// [`LIST_PREFIX`] and the anchor of this number.
    OfTheList(usize),
    /// So many bytes of the one before it, and what follows them.
    Written(usize, &'c str),
}

impl<'c> Code<'c> {
    /// Takes one from the front.
    fn take(rest: &mut &'c [u8]) -> Option<Self> {
        let digits = usize::from(*rest.split_off_first()?);
        match (digits >> 4, digits & 15) {
            (KNOWN, OF_THE_LIST) => length(rest).map(Self::OfTheList),
            (KNOWN, known) => Some(Self::Known(known)),
            (shared, own) => {
                let mut whole = |digit| match digit {
                    LONG => Some(LONG + length(rest)?),
                    _ => Some(digit),
                };
                let (shared, own) = (whole(shared)?, whole(own)?);
                let own = rest.split_off(..own)?;
                Some(Self::Written(shared, str::from_utf8(own).ok()?))
            }
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

/// Takes a length from the front.
fn length(rest: &mut &[u8]) -> Option<usize> {
    let mut length = 0;
    loop {
        let first = *rest.split_off_first()?;
        length += usize::from(first);
        if first != MORE {
            return Some(length);
        }
    }
}

fn push_length(coded: &mut Vec<u8>, length: usize) {
    coded.extend(repeat_n(MORE, length / usize::from(MORE)));
    coded.push((length % usize::from(MORE)) as u8);
}

fn push_digits(coded: &mut Vec<u8>, first: usize, second: usize) {
    coded.push((first << 4 | second) as u8);
}

impl<S: AsRef<str>> FromIterator<S> for Anchors {
    fn from_iter<I: IntoIterator<Item = S>>(anchors: I) -> Self {
        let anchors: Vec<S> = anchors.into_iter().collect();
        let mut coded = Vec::new();
        let mut before = "";
        // Those of the list come in the order of the others.
        let mut behind_last = 0;
        for (number, anchor) in anchors.iter().enumerate() {
            let anchor = anchor.as_ref();
            let mut place = |rest| {
                let others = (behind_last..number).chain(0..behind_last);
                let place = others
                    .into_iter()
                    .find(|at| anchors[*at].as_ref() == rest)?;
                behind_last = place + 1;
                Some(place)
            };
            if let Some(known) = RESERVED.iter().position(|known| *known == anchor) {
                push_digits(&mut coded, KNOWN, known);
            } else if let Some(other) = anchor.strip_prefix(LIST_PREFIX).and_then(&mut place) {
                push_digits(&mut coded, KNOWN, OF_THE_LIST);
                push_length(&mut coded, other);
            } else {
                let shared = shared(before, anchor);
                let own = &anchor[shared..];
                push_digits(&mut coded, shared.min(LONG), own.len().min(LONG));
                for length in [shared, own.len()].iter().filter(|length| **length >= LONG) {
                    push_length(&mut coded, length - LONG);
                }
                coded.extend_from_slice(own.as_bytes());
            }
            before = anchor;
        }
        Self {
            coded: coded.into(),
        }
    }
}

/// How many bytes two texts begin with alike, up to the end of a character.
fn shared(a: &str, b: &str) -> usize {
    let alike = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let mut ends = (0..=alike).rev();
    ends.find(|end| b.is_char_boundary(*end)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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

    proptest! {
        #[test]
        fn anchors_come_back_as_they_were(
            anchors in prop::collection::vec("[a-cé文]{0,4}|list(-[a-c]{0,2})?|top|(ab|é){6,300}", 0..20),
        ) {
            let kept: Anchors = anchors.iter().collect();
            prop_assert_eq!(kept.spelled().to_vec(), anchors);
        }
    }
}
