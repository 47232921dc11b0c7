//! A first glance at a text, which says whether a closer look is worth while.
//!
//! Most texts hold nothing but letters, spaces and a few signs. In: the bytes of a text. Out:
//! true where something *may* be in it; what it really is, is for others to say.

/// True where some byte of `text` is one that `is` knows.
///
/// It looks at every byte, even behind the first that is found: without a way out in the middle
/// the machine takes many bytes at once, and nearly always there is none to be found. It stands
/// alone, since such a way out would be made of a condition around it.
#[inline(never)]
pub fn any(text: &str, is: impl Fn(u8) -> bool) -> bool {
    text.bytes().fold(false, |found, byte| found | is(byte))
}

/// True where two spaces stand side by side. It looks at everything, as [`any`] does.
#[inline(never)]
pub fn two_spaces(text: &str) -> bool {
    let bytes = text.as_bytes();
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    pairs.fold(false, |found, (a, b)| found | (*a == b' ' && *b == b' '))
}

/// True for a byte that begins a control character or a code point that stands for no character;
/// it may begin others too. In UTF-8 U+0080 begins with C2, U+FDD0 with EF, U+1FFFE with F0.
pub fn begins_unreadable(byte: u8) -> bool {
    byte < b' ' || byte == 0x7f || byte == 0xc2 || byte >= 0xef
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_control_and_no_code_without_a_character_is_passed_over() {
        for c in '\0'..=char::MAX {
            let code = u32::from(c);
            let is_noncharacter = code & 0xfffe == 0xfffe || (0xfdd0..=0xfdef).contains(&code);
            if c.is_control() || is_noncharacter {
                assert!(any(&format!("ab{c}c"), begins_unreadable), "{c:?}");
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

    #[test]
    fn letters_dashes_and_quotes_need_no_closer_look() {
        assert!(!any("“Café” – l’été", begins_unreadable));
    }
}
