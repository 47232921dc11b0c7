//! Slugs are promises: these are the ones that plans' anchors are made of.

use planpress::plan::slug::{fold_case, slug, slug_of_first_words};
use proptest::prelude::*;

#[test]
fn letters_and_numbers_stay_and_everything_between_is_one_hyphen() {
    for (text, expected) in [
        ("Advocacy", "advocacy"),
        ("Goal Area 1.", "goal-area-1"),
        ("1.1", "1-1"),
        ("A", "a"),
        ("  Member  —  Experience! ", "member-experience"),
        ("clear/realistic", "clear-realistic"),
        ("§ 3 (b)", "3-b"),
        ("—", ""),
        ("", ""),
    ] {
        assert_eq!(slug(text), expected, "{text:?}");
    }
}

#[test]
fn apostrophes_of_every_shape_are_dropped() {
    for apostrophe in ["'", "\u{2019}", "\u{2018}", "\u{2bc}"] {
        assert_eq!(slug(&format!("Members{apostrophe} Voice")), "members-voice");
        assert_eq!(slug(&format!("l{apostrophe}été")), "lété");
    }
}

#[test]
fn words_of_any_script_keep_their_letters_and_marks() {
    for (text, expected) in [
        ("ÉCOLE", "école"),
        ("E\u{301}COLE", "\u{e9}cole"),
        ("Zugänglichkeit & Vielfalt", "zugänglichkeit-vielfalt"),
        ("मिशन १", "मिशन-१"),
        ("戦略 2025", "戦略-2025"),
        ("ΟΔΟΣ", "οδο\u{3c2}"),
        ("İstanbul", "i\u{307}stanbul"),
        ("Ⅳ", "ⅳ"),
        ("👍 Yes", "yes"),
    ] {
        assert_eq!(slug(text), expected, "{text:?}");
    }
}

#[test]
fn a_goal_is_known_by_its_first_six_words() {
    let of = |goal| slug_of_first_words(goal, 6, 48);
    assert_eq!(
        of("Champion libraries and empower advocates to support our values."),
        "champion-libraries-and-empower-advocates-to"
    );
    assert_eq!(
        of("Grow — & thrive, one two three four five"),
        "grow-thrive-one-two-three-four"
    );
    assert_eq!(of(""), "");
}

#[test]
fn a_long_goal_is_cut_between_words_where_possible() {
    let of = |goal| slug_of_first_words(goal, 6, 12);
    assert_eq!(of("abcdef ghijkl mnop"), "abcdef");
    assert_eq!(of("abcdef ghijk lmnop"), "abcdef-ghijk");
    assert_eq!(of("abcdefghijklmnop"), "abcdefghijkl");
    // The accent that NFC cannot join stays with its letter, or both go.
    assert_eq!(of("abcdefghijkx\u{323}\u{33d}z"), "abcdefghijk");
}

#[test]
fn names_are_compared_without_case_and_encoding() {
    assert_eq!(fold_case("Équité"), fold_case("E\u{301}QUITÉ"));
    assert_eq!(fold_case("Access"), fold_case("ACCESS"));
    assert_ne!(fold_case("Access"), fold_case("Excess"));
}

proptest! {
    #[test]
    fn a_slug_is_its_own_slug(text in any::<String>()) {
        let once = slug(&text);
        prop_assert_eq!(slug(&once), once);
    }

    #[test]
    fn a_slug_neither_begins_nor_ends_with_a_hyphen_nor_doubles_one(text in any::<String>()) {
        let slug = slug(&text);
        prop_assert!(!slug.starts_with('-') && !slug.ends_with('-') && !slug.contains("--"));
        prop_assert!(!slug.contains(char::is_whitespace));
    }

    #[test]
    fn a_cut_slug_is_no_longer_than_allowed_and_a_slug_itself(
        text in any::<String>(),
        max in 1..60usize,
    ) {
        let cut = slug_of_first_words(&text, 6, max);
        prop_assert!(cut.chars().count() <= max);
        prop_assert_eq!(slug(&cut), cut);
    }

    #[test]
    fn ascii_is_treated_as_any_other_text(text in "[ -~]{0,40}") {
        // The snowman leaves nothing behind but takes the way of other scripts.
        prop_assert_eq!(slug(&text), slug(&format!("{text} ☃")));
    }
}
