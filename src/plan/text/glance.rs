//! A first glance at a text, which says whether a closer look is worth while.
//!
//! Most texts hold nothing but letters, spaces and a few signs. In: the bytes of a text. Out:
//! true where something *may* be in it; what it really is, is for others to say.

/// True where some byte of `text` is one that `is` knows.
///
/// It looks at sixteen bytes at once, for which the machine has instructions, and at all of them:
/// nearly always there is none to be found. So `is` compares without branches, by `<`, `==` and `|`,
/// or with [`one_of`]; a `matches!` would be made of jumps.
#[inline(never)]
pub fn any(text: &str, is: impl Fn(u8) -> bool) -> bool {
    const AT_ONCE: usize = 16;
    let bytes = text.as_bytes();
    let Some(last) = bytes.len().checked_sub(AT_ONCE) else {
        return bytes.iter().any(|byte| is(*byte));
    };
    let mut found = [false; AT_ONCE];
    let mut at = 0;
    while let Some(&some) = bytes[at..].first_chunk::<AT_ONCE>() {
        for (found, byte) in found.iter_mut().zip(some) {
            *found |= is(byte);
        }
        if at == last {
            break;
        }
        // The last sixteen begin within those before them, which does no harm.
        at = (at + AT_ONCE).min(last);
    }
    found != [false; AT_ONCE]
}

/// True for a byte that is one of these.
pub fn one_of<const N: usize>(byte: u8, these: &[u8; N]) -> bool {
    these
        .iter()
        .fold(false, |found, one| found | (byte == *one))
}

/// Which signs a text may hold, found in one look at each byte: what is kept with a text, so that
/// nobody needs to look again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signs(u8);

impl Signs {
    /// What begins a character that no page can show, other than white space.
    pub const UNREADABLE: Self = Self(1);
    /// White space that is no space.
    pub const LINES: Self = Self(1 << 1);
    /// What means something to Markdown within a line, but for `&`.
    pub const MARKS: Self = Self(1 << 2);
    pub const AMPERSAND: Self = Self(1 << 3);
    /// What is written otherwise in HTML, but for `&`; and the slash, after which a line may break.
    pub const HTML: Self = Self(1 << 4);
    /// What is left where markup was meant.
    pub const STRAY: Self = Self(1 << 5);
    /// Two spaces side by side.
    pub const TWO_SPACES: Self = Self(1 << 6);

    /// Looks at a text.
    pub fn of(text: &str) -> Self {
        let bytes = text.bytes();
        let signs = bytes.fold(0, |signs, byte| signs | SIGNS[usize::from(byte)]);
        if two_spaces(text) {
            Self(signs).and(Self::TWO_SPACES)
        } else {
            Self(signs)
        }
    }

    /// These and others.
    pub const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// True where some of these may be there.
    pub fn may_be(self, some: Self) -> bool {
        self.0 & some.0 != 0
    }
}

/// What each byte may be or begin. In UTF-8 a bullet ends with A2 or B7.
const SIGNS: [u8; 256] = {
    let mut signs = [0; 256];
    let mut at = 0;
    while at < signs.len() {
        let byte = at as u8;
        if matches!(byte, b'\n' | b'\t' | b'\r') {
            signs[at] |= Signs::LINES.0;
        } else if begins_unreadable(byte) {
            signs[at] |= Signs::UNREADABLE.0;
        }
        if matches!(byte, b'\\' | b'`' | b'*' | b'_' | b'[' | b'<' | 0) {
            signs[at] |= Signs::MARKS.0;
        }
        if byte == b'&' {
            signs[at] |= Signs::AMPERSAND.0;
        }
        if matches!(byte, b'<' | b'>' | b'"' | b'\'' | b'/') {
            signs[at] |= Signs::HTML.0;
        }
        if matches!(byte, b'<' | b']' | b'\n' | 0xa2 | 0xb7) {
            signs[at] |= Signs::STRAY.0;
        }
        at += 1;
    }
    signs
};

/// True where two spaces stand side by side. It looks at everything, as [`any`] does.
#[inline(never)]
pub fn two_spaces(text: &str) -> bool {
    let bytes = text.as_bytes();
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    pairs.fold(false, |found, (a, b)| found | (*a == b' ' && *b == b' '))
}

/// True for a byte that begins a control character or a code point that stands for no character;
/// it may begin others too. In UTF-8 U+0080 begins with C2, U+FDD0 with EF, U+1FFFE with F0.
pub const fn begins_unreadable(byte: u8) -> bool {
    (byte < b' ') | (byte == 0x7f) | (byte == 0xc2) | (byte >= 0xef)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    use super::*;

    #[test]
    fn no_control_and_no_code_without_a_character_is_passed_over() {
        for c in '\0'..=char::MAX {
            let code = u32::from(c);
            let is_noncharacter = code & 0xfffe == 0xfffe || (0xfdd0..=0xfdef).contains(&code);
            if c.is_control() || is_noncharacter {
                assert!(any(&format!("ab{c}c"), begins_unreadable), "{c:?}");
                let is_line = matches!(c, '\n' | '\t' | '\r');
                let signs = Signs::of(&format!("ab{c}c"));
                assert_eq!(signs.may_be(Signs::LINES), is_line, "{c:?}");
                assert_eq!(signs.may_be(Signs::UNREADABLE), !is_line, "{c:?}");
            }
        }
    }

    #[test]
    fn two_spaces_are_found_wherever_they_stand() {
        for text in ["  ", "a  ", "  a", "a  b"] {
            assert!(two_spaces(text), "{text:?}");
        }
        for text in ["", " ", "a b ", " \t "] {
            assert!(!two_spaces(text), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn a_byte_is_found_wherever_it_stands(text in "[a-c é]{0,40}", at in 0..40_usize) {
            prop_assert_eq!(any(&text, |byte| byte == b'c'), text.contains('c'));
            let at = text.floor_char_boundary(at);
            let with = format!("{}<{}", &text[..at], &text[at..]);
            prop_assert!(any(&with, |byte| byte == b'<'));
            prop_assert!(Signs::of(&with).may_be(Signs::STRAY));
            prop_assert!(!Signs::of(&text).may_be(Signs::STRAY.and(Signs::HTML)));
        }
    }

    #[test]
    fn letters_dashes_and_quotes_need_no_closer_look() {
        assert!(!any("“Café” – l’été", begins_unreadable));
    }
}
