//! How anchors are kept, one behind the other.
//!
//! Each begins with a byte of two digits. The first is how many bytes it shares with the one before it,
//! the second how many follow; where a digit is [`LONG`], so many and a length behind it. Where the first
//! is [`KNOWN`], the second is the place of the anchor in [`RESERVED`], or says that the anchor is
//! [`LIST_PREFIX`] and an anchor whose number is the length behind it. Where the first is [`NEXT`], there is
//! one anchor more than the second says, and each is what follows from the one before it.

use std::iter::repeat_n;

use crate::plan::anchors::{LIST_PREFIX, RESERVED};

const LONG: usize = 13;
const NEXT: usize = 14;
const KNOWN: usize = 15;
const OF_THE_LIST: usize = 15;
const _: () = assert!(RESERVED.len() <= OF_THE_LIST);

/// What one byte says: a digit and one more.
pub const MOST_IN_A_ROW: usize = 16;

/// A byte of a length that says that it goes on: a length is the sum of its bytes.
const MORE: u8 = u8::MAX;

/// How one anchor is kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Code<'c> {
    /// The one of this place in [`RESERVED`].
    Known(usize),
    /// [`LIST_PREFIX`] and the anchor of this number.
    OfTheList(usize),
    /// So many bytes of the one before it, and what follows them.
    Written(usize, &'c str),
    /// The one before it with its last digit one higher.
    NextDigit,
}

impl<'c> Code<'c> {
    /// What follows from this one.
    pub fn next(self) -> Self {
        match self {
            Self::Known(known) => Self::Known(known + 1),
            Self::OfTheList(other) => Self::OfTheList(other + 1),
            Self::Written(..) | Self::NextDigit => Self::NextDigit,
        }
    }

    /// Takes one from the front.
    fn take(rest: &mut &'c [u8]) -> Option<Self> {
        match digits(rest.split_off_first()?) {
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

/// Reads the codes of a page's anchors, each as if it stood alone.
pub struct Codes<'c> {
    rest: &'c [u8],
    last: Code<'c>,
    /// How many more follow from the last one.
    more: usize,
}

impl<'c> Codes<'c> {
    /// From the first on.
    pub fn of(coded: &'c [u8]) -> Self {
        Self {
            rest: coded,
            last: Code::NextDigit,
            more: 0,
        }
    }
}

impl<'c> Iterator for Codes<'c> {
    type Item = Code<'c>;

    fn next(&mut self) -> Option<Code<'c>> {
        if self.more == 0
            && let Some((NEXT, others)) = self.rest.first().map(digits)
        {
            self.rest.split_off_first();
            self.more = others + 1;
        }
        self.last = if self.more > 0 {
            self.more -= 1;
            self.last.next()
        } else {
            Code::take(&mut self.rest)?
        };
        Some(self.last)
    }
}

/// Anchors on their way into their code.
pub struct Coder<'a, S> {
    anchors: &'a [S],
    coded: Vec<u8>,
    /// Behind the last that is on the list, too: those of the list come in the order of the others.
    behind_last: usize,
}

impl<'a, S: AsRef<str>> Coder<'a, S> {
    /// The code of these anchors.
    pub fn code(anchors: &'a [S]) -> Box<[u8]> {
        let mut coder = Self {
            anchors,
            coded: Vec::new(),
            behind_last: 0,
        };
        let (mut last, mut in_a_row) = (None, 0);
        for number in 0..anchors.len() {
            let next = last.map(Code::next);
            if next.is_some_and(|next| coder.is(number, next)) {
                last = next;
                in_a_row = coder.push_next(in_a_row);
            } else {
                last = Some(coder.push(number));
                in_a_row = 0;
            }
            if let Some(Code::OfTheList(other)) = last {
                coder.behind_last = other + 1;
            }
        }
        coder.coded.into()
    }

    fn anchor(&self, number: usize) -> &'a str {
        self.anchors[number].as_ref()
    }

    /// The one before that of this number; empty for the first.
    fn before(&self, number: usize) -> &'a str {
        number.checked_sub(1).map_or("", |last| self.anchor(last))
    }

    /// True where the anchor of this number is what this code means there.
    fn is(&self, number: usize, code: Code) -> bool {
        let anchor = self.anchor(number);
        match code {
            Code::Known(known) => RESERVED.get(known) == Some(&anchor),
            Code::OfTheList(other) => {
                other < number && anchor.strip_prefix(LIST_PREFIX) == Some(self.anchor(other))
            }
            Code::NextDigit => {
                let before = self.before(number);
                next_digit(before).is_some_and(|next| {
                    anchor.strip_suffix(next) == Some(&before[..before.len() - 1])
                })
            }
            Code::Written(..) => false,
        }
    }

    /// Codes one that follows from the one before it, as so many before it in a row do.
    fn push_next(&mut self, in_a_row: usize) -> usize {
        match self.coded.last_mut() {
            Some(code) if !in_a_row.is_multiple_of(MOST_IN_A_ROW) => *code += 1,
            _ => push_digits(&mut self.coded, NEXT, 0),
        }
        in_a_row + 1
    }

    /// Codes the anchor of this number by itself.
    fn push(&mut self, number: usize) -> Code<'a> {
        let anchor = self.anchor(number);
        if let Some(known) = RESERVED.iter().position(|known| *known == anchor) {
            push_digits(&mut self.coded, KNOWN, known);
            return Code::Known(known);
        }
        let listed = anchor.strip_prefix(LIST_PREFIX);
        if let Some(other) = listed.and_then(|anchor| self.find(anchor, number)) {
            push_digits(&mut self.coded, KNOWN, OF_THE_LIST);
            push_length(&mut self.coded, other);
            return Code::OfTheList(other);
        }
        let shared = shared(self.before(number), anchor);
        let own = &anchor[shared..];
        push_digits(&mut self.coded, shared.min(LONG), own.len().min(LONG));
        for length in [shared, own.len()] {
            if let Some(rest) = length.checked_sub(LONG) {
                push_length(&mut self.coded, rest);
            }
        }
        self.coded.extend_from_slice(own.as_bytes());
        Code::Written(shared, own)
    }

    /// An anchor among those before this number.
    fn find(&self, anchor: &str, number: usize) -> Option<usize> {
        let mut others = (self.behind_last..number).chain(0..self.behind_last);
        others.find(|other| self.anchor(*other) == anchor)
    }
}

/// The two digits of a byte.
fn digits(byte: &u8) -> (usize, usize) {
    let byte = usize::from(*byte);
    (byte >> 4, byte & 15)
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

/// The last digit of an anchor, one higher, where it is one digit still.
pub fn next_digit(anchor: &str) -> Option<char> {
    let last = anchor.bytes().next_back()?;
    matches!(last, b'0'..=b'8').then(|| char::from(last + 1))
}

/// How many bytes two texts begin with alike, up to the end of a character.
fn shared(a: &str, b: &str) -> usize {
    let alike = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let mut ends = (0..=alike).rev();
    ends.find(|end| b.is_char_boundary(*end)).unwrap_or(0)
}
