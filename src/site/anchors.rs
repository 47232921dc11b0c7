//! The anchors of a page, kept small: a site keeps those of every plan until it is built.
//!
//! Anchors of one page are alike (`a-1`, `a-2`), so of each no more is kept than what it does not share
//! with the one before it ("front coding"). Those that many pages have, and those of the list, which
//! are others' with a prefix, are two bytes at most.

use std::iter::repeat_n;

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
    /// Each anchor.
    pub fn iter(&self) -> impl Iterator<Item = String> {
        let mut rest = &*self.coded;
        let mut anchor = String::new();
        std::iter::from_fn(move || {
            self.decode(&mut rest, &mut anchor)?;
            Some(anchor.clone())
        })
    }

    /// Makes of an anchor the one that follows it. `None` where none does.
    fn decode(&self, rest: &mut &[u8], anchor: &mut String) -> Option<()> {
        let digits = usize::from(*rest.split_off_first()?);
        match (digits >> 4, digits & 15) {
            (KNOWN, OF_THE_LIST) => {
                let other = self.iter().nth(length(rest)?)?;
                anchor.clear();
                anchor.push_str(LIST_PREFIX);
                anchor.push_str(&other);
            }
            (KNOWN, known) => {
                anchor.clear();
                anchor.push_str(RESERVED.get(known)?);
            }
            (shared, own) => {
                let mut whole = |digit| match digit {
                    LONG => Some(LONG + length(rest)?),
                    _ => Some(digit),
                };
                let (shared, own) = (whole(shared)?, whole(own)?);
                let own = rest.split_off(..own)?;
                anchor.truncate(shared);
                anchor.push_str(str::from_utf8(own).ok()?);
            }
        }
        Some(())
    }

    /// All of them.
    pub fn to_vec(&self) -> Vec<String> {
        self.iter().collect()
    }

    /// True where this is one of them.
    pub fn contains(&self, anchor: &str) -> bool {
        let mut rest = &*self.coded;
        let mut known = String::new();
        while self.decode(&mut rest, &mut known).is_some() {
            if known == anchor {
                return true;
            }
        }
        false
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
        for (number, anchor) in anchors.iter().enumerate() {
            let anchor = anchor.as_ref();
            let place = |rest| {
                anchors[..number]
                    .iter()
                    .position(|other| other.as_ref() == rest)
            };
            if let Some(known) = RESERVED.iter().position(|known| *known == anchor) {
                push_digits(&mut coded, KNOWN, known);
            } else if let Some(other) = anchor.strip_prefix(LIST_PREFIX).and_then(place) {
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

    proptest! {
        #[test]
        fn anchors_come_back_as_they_were(
            anchors in prop::collection::vec("[a-cé文]{0,4}|list(-[a-c]{0,2})?|top|(ab|é){6,300}", 0..20),
        ) {
            let kept: Anchors = anchors.iter().collect();
            prop_assert_eq!(kept.iter().collect::<Vec<_>>(), anchors);
        }
    }
}
