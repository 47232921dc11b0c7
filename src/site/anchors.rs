//! The anchors of a page, kept small: a site keeps those of every plan until it is built.
//!
//! Anchors of one page are alike (`a-1`, `a-2`; `advocacy`, `list-advocacy`), so of each no more is
//! kept than what it does not share with the one before it ("front coding").

use std::iter::repeat_n;

/// Anchors in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchors {
    /// Of each: how many bytes it begins with of the one before it, how many follow, and those.
    coded: Box<[u8]>,
}

/// A byte of a length that says that it goes on: a length is the sum of its bytes.
const MORE: u8 = u8::MAX;

impl Anchors {
    /// Each anchor.
    pub fn iter(&self) -> impl Iterator<Item = String> {
        let mut decoder = self.decoder();
        std::iter::from_fn(move || String::from_utf8(decoder.next()?.to_vec()).ok())
    }

    fn decoder(&self) -> Decoder<'_> {
        Decoder {
            rest: &self.coded,
            anchor: Vec::new(),
        }
    }

    /// All of them.
    pub fn to_vec(&self) -> Vec<String> {
        self.iter().collect()
    }

    /// True where this is one of them.
    pub fn contains(&self, anchor: &str) -> bool {
        let mut decoder = self.decoder();
        while let Some(known) = decoder.next() {
            if known == anchor.as_bytes() {
                return true;
            }
        }
        false
    }
}

/// What is left to read, and the anchor that was read last.
struct Decoder<'c> {
    rest: &'c [u8],
    anchor: Vec<u8>,
}

impl Decoder<'_> {
    fn next(&mut self) -> Option<&[u8]> {
        let shared = length(&mut self.rest)?;
        let own = length(&mut self.rest)?;
        let (own, behind) = self.rest.split_at_checked(own)?;
        self.rest = behind;
        self.anchor.truncate(shared);
        self.anchor.extend_from_slice(own);
        Some(&self.anchor)
    }
}

/// Takes a length from the front.
fn length(rest: &mut &[u8]) -> Option<usize> {
    let mut length = 0;
    loop {
        let (first, behind) = rest.split_first()?;
        *rest = behind;
        length += usize::from(*first);
        if *first != MORE {
            return Some(length);
        }
    }
}

fn push_length(coded: &mut Vec<u8>, length: usize) {
    coded.extend(repeat_n(MORE, length / usize::from(MORE)));
    coded.push((length % usize::from(MORE)) as u8);
}

impl<S: AsRef<str>> FromIterator<S> for Anchors {
    fn from_iter<I: IntoIterator<Item = S>>(anchors: I) -> Self {
        let mut coded = Vec::new();
        let mut before = String::new();
        for anchor in anchors {
            let anchor = anchor.as_ref();
            let alike = |(a, b): &(u8, u8)| a == b;
            let shared = before.bytes().zip(anchor.bytes()).take_while(alike).count();
            push_length(&mut coded, shared);
            push_length(&mut coded, anchor.len() - shared);
            coded.extend_from_slice(&anchor.as_bytes()[shared..]);
            before.clear();
            before.push_str(anchor);
        }
        Self {
            coded: coded.into(),
        }
    }
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
            anchors in prop::collection::vec("[a-cé文]{0,4}|(ab|é){100,300}", 0..20),
        ) {
            let kept: Anchors = anchors.iter().collect();
            prop_assert_eq!(kept.iter().collect::<Vec<_>>(), anchors);
        }
    }
}
