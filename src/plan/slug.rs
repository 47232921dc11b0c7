//! From words to the part of an address that people cite.
//!
//! In: a label, a name, the words of a goal. Out: a slug by the rules of the format's "Anchors",
//! which are a promise: a slug that changes breaks links in other people's minutes. May not look
//! at any locale, nor at what other anchors there are.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// The slug of `text`: normalized (NFC), in lower case, with letters, marks and numbers kept,
/// apostrophes dropped and everything between made into single hyphens. May be empty.
pub fn slug(text: &str) -> String {
    if text.is_ascii() {
        return of_ascii(text);
    }
    let mut slug = String::with_capacity(text.len());
    for word in words(text) {
        let word = if word.is_ascii() {
            of_ascii(word)
        } else {
            of_any(word)
        };
        if !slug.is_empty() && !word.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word);
    }
    slug
}

/// A number that texts of one slug have in common, and hardly two that begin differently. Most of a
/// long text is not even looked at.
pub fn slug_hint(text: &str) -> u64 {
    // FNV-1a, which is enough to tell some dozens apart.
    let mut hint = 0xcbf2_9ce4_8422_2325_u64;
    // Words may be parted otherwise in a text of the same slug, so hyphens do not count.
    let mut left = 24;
    let mut take = |byte: u8| {
        hint = (hint ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        left -= 1;
        left > 0
    };
    for word in text.as_bytes().split(|byte| *byte == b' ') {
        let goes_on = if word.is_ascii() {
            let kept = word.iter().map(|byte| KEPT[usize::from(*byte)]);
            kept.filter(|byte| *byte != 0).all(&mut take)
        } else {
            // A text that is cut at spaces is still text.
            let word = std::str::from_utf8(word).unwrap_or_default();
            of_any(word)
                .bytes()
                .filter(|byte| *byte != b'-')
                .all(&mut take)
        };
        if !goes_on {
            break;
        }
    }
    hint
}

/// What stands between spaces has a slug of its own: no letter, mark or rule reaches across one.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(' ')
}

fn of_any(text: &str) -> String {
    // Once more at the end: lower-casing can take composed letters apart, and an apostrophe that
    // goes can bring a letter and a mark together.
    let joined = join(composed(text).to_lowercase().chars(), is_kept);
    match composed(&joined) {
        Cow::Owned(composed) => composed,
        Cow::Borrowed(_) => joined,
    }
}

/// `text` in normalization form C, which most texts are in as they stand.
fn composed(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        IsNormalized::No | IsNormalized::Maybe => Cow::Owned(text.nfc().collect()),
    }
}

/// The slug of the first `words` words of `text`, at most `max_chars` characters long, cut
/// between words where one ends early enough.
///
/// A dash or an ampersand that stands alone is no word.
pub fn slug_of_first_words(text: &str, words: usize, max_chars: usize) -> String {
    let counted = text
        .split_whitespace()
        .filter(|word| !slug(word).is_empty())
        .take(words);
    let whole = slug(&counted.collect::<Vec<_>>().join(" "));
    let Some((limit, next)) = whole.char_indices().nth(max_chars) else {
        return whole;
    };
    let end = if next == '-' {
        limit
    } else {
        whole[..limit]
            .rfind('-')
            .unwrap_or_else(|| before_marks(&whole, limit))
    };
    whole[..end].to_owned()
}

/// `name` in the form in which names are compared: without regard to upper and lower case, and
/// to how accents are encoded.
pub fn fold_case(name: &str) -> Cow<'_, str> {
    if !name.is_ascii() {
        let lower = composed(name).to_lowercase();
        return Cow::Owned(composed(&lower).into_owned());
    }
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// What a byte of a text in ASCII is in its slug; 0 where it is not there.
const KEPT: [u8; 256] = {
    let mut kept = [0; 256];
    let mut byte = 0_u8;
    while byte.is_ascii() {
        if byte.is_ascii_alphanumeric() {
            kept[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    kept
};

/// What [`join`] makes of a text in ASCII.
fn of_ascii(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    let mut gap = false;
    for byte in text.bytes() {
        let kept = KEPT[usize::from(byte)];
        if kept != 0 {
            if gap && !slug.is_empty() {
                slug.push('-');
            }
            gap = false;
            slug.push(char::from(kept));
        } else if byte != b'\'' {
            gap = true;
        }
    }
    slug
}

fn join(chars: impl Iterator<Item = char>, kept: impl Fn(char) -> bool) -> String {
    let mut slug = String::new();
    let mut gap = false;
    for c in chars {
        // U+02BC would count as a letter; it is how some keyboards write an apostrophe.
        if matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{2bc}') {
            continue;
        }
        if !kept(c) {
            gap = true;
            continue;
        }
        if gap && !slug.is_empty() {
            slug.push('-');
        }
        gap = false;
        slug.push(c);
    }
    slug
}

fn is_kept(c: char) -> bool {
    use GeneralCategoryGroup::{Letter, Mark, Number};
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    matches!(c.general_category_group(), Letter | Mark | Number)
}

/// The last place up to `limit` that does not part a letter from its marks.
fn before_marks(slug: &str, limit: usize) -> usize {
    let is_mark = |c: char| c.general_category_group() == GeneralCategoryGroup::Mark;
    let mut starts = slug
        .char_indices()
        .filter(|&(at, c)| at <= limit && !is_mark(c));
    match starts.next_back() {
        Some((at, _)) if at > 0 => at,
        _ => limit,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn ascii_is_no_exception_to_the_rule(text in "[ -~\\t\\n]{0,12}|[aZ9' .-]{0,8}") {
            prop_assert_eq!(of_ascii(&text), join(text.to_lowercase().chars(), is_kept));
        }

        #[test]
        fn a_text_that_is_normalized_already_is_no_exception(
            text in "[aEΣςİǅ’é\u{301}\u{307}\u{323}ﬁ\u{212a}\u{fb1d}가\u{1161} .-]{0,10}|\\PC{0,6}",
        ) {
            let lower = text.nfc().collect::<String>().to_lowercase();
            let expected: String = join(lower.chars(), is_kept).nfc().collect();
            prop_assert_eq!(slug(&text), expected);
        }

        #[test]
        fn a_slug_is_made_of_those_of_what_stands_between_spaces(
            text in "[aEΣς’é\u{301}\u{327} .-]{0,40}|[ab –]{0,40}|\\PC{0,40}",
        ) {
            prop_assert_eq!(slug(&text), of_any(&text));
        }

        #[test]
        fn texts_of_one_slug_have_one_hint(
            text in "[aZ’' é\u{301}.-]{0,70}|[aB–]{20,30}[ ’é\u{301}][ab’]{0,30}|\\PC{0,60}",
            (from, to) in prop::sample::select(vec![(" ", " – "), ("a", "A"), ("a", "a’"), ("-", " ")]),
        ) {
            let same = text.replace(from, to);
            prop_assert_eq!(slug_hint(&text), slug_hint(&slug(&text)));
            if slug(&text) == slug(&same) {
                prop_assert_eq!(slug_hint(&text), slug_hint(&same));
            }
        }
    }
}
