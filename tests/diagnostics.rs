//! How a finding is shown: where its caret stands, and what each format makes of it.

use std::ops::Range;
use std::sync::Arc;

use planpress::diagnostic::{
    self, Diagnostic, Excerpt, Failure, Place, SourceText, Tally, counted, github, human,
    human_failure, json,
};
use proptest::prelude::*;

fn found(text: &str, span: Range<usize>) -> Diagnostic {
    let source = SourceText::new("content/a.toml", text);
    Diagnostic::error("a-name", "something is wrong").at(&source, span)
}

/// The span of the first `needle` in `text`.
fn span_of(text: &str, needle: &str) -> Range<usize> {
    let at = text.find(needle).expect("the needle is in the text");
    at..at + needle.len()
}

fn excerpt(text: &str, span: Range<usize>) -> Excerpt {
    let diagnostic = found(text, span);
    diagnostic
        .place
        .expect("it has a place")
        .excerpt()
        .expect("and an excerpt")
        .clone()
}

fn plain(diagnostic: &Diagnostic) -> String {
    anstream::adapter::strip_str(&human(diagnostic)).to_string()
}

/// The frame of a finding at the first `needle` in `text`.
fn frame(text: &str, needle: &str) -> String {
    plain(&found(text, span_of(text, needle)))
}

/// The columns a terminal uses for a text (of the characters that these tests are written in).
fn columns(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            '\u{300}'..='\u{36f}' | '\u{200d}' => 0,
            '\u{2e80}'..='\u{ffdc}' | '\u{1f000}'.. => 2,
            _ => 1,
        })
        .sum()
}

/// Asserts that the carets of a frame stand exactly under `needle`.
fn assert_carets_under(frame: &str, needle: &str) {
    let lines: Vec<_> = frame.lines().collect();
    let under = lines
        .iter()
        .position(|line| line.contains('^'))
        .expect("there is a caret");
    let (source, carets) = (lines[under - 1], lines[under]);
    let at = source
        .find(needle)
        .unwrap_or_else(|| panic!("{needle:?} is not in:\n{frame}"));
    assert_eq!(carets.find('^'), Some(columns(&source[..at])), "{frame}");
    assert_eq!(carets.matches('^').count(), columns(needle), "{frame}");
}

#[test]
fn a_frame_names_the_fault_shows_its_line_and_says_what_to_do() {
    let text = "title = \"Plan\"\n\n[[domains]]\nobjectivs = [\"Champion libraries.\"]\n";
    let source = SourceText::new("content/a.toml", text);
    let diagnostic = Diagnostic::error("unknown-key", "`objectivs` is not a key of a domain")
        .at(&source, span_of(text, "objectivs"))
        .label("not known here")
        .help("Write `objectives`.")
        .help("All keys are listed in the manual.");
    assert_eq!(
        plain(&diagnostic),
        "\
error[unknown-key]: `objectivs` is not a key of a domain
 --> content/a.toml:4:1
  |
4 | objectivs = [\"Champion libraries.\"]
  | ^^^^^^^^^ not known here
  |
  = help: Write `objectives`.
  = help: All keys are listed in the manual.
"
    );
}

#[test]
fn related_places_follow_in_frames_of_their_own_and_whole_files_in_notes() {
    let text = "id = \"a\"\n\n\n\n\n\n\n\n\nid = \"a\" # again\n";
    let source = SourceText::new("content/a.toml", text);
    let other = SourceText::new("content/b.toml", "id = \"a\"\n");
    let diagnostic = Diagnostic::warning("same-id", "the id `a` is used twice")
        .at(&source, 17..25)
        .label("here")
        .also(source.place(0..8), "and here")
        .also(Place::file("planpress.toml"), "the site's own")
        .also(other.place(5..8), "and there")
        .help("Change one of them.");
    assert_eq!(
        plain(&diagnostic),
        "\
warning[same-id]: the id `a` is used twice
  --> content/a.toml:10:1
   |
10 | id = \"a\" # again
   | ^^^^^^^^ here
   |
  ::: content/a.toml:1:1
   |
 1 | id = \"a\"
   | -------- and here
   |
  ::: content/b.toml:1:6
   |
 1 | id = \"a\"
   |      --- and there
   |
   = note: planpress.toml: the site's own
   = help: Change one of them.
"
    );
}

#[test]
fn a_finding_about_a_whole_file_names_it_without_a_line() {
    let diagnostic = Diagnostic::error("file-name", "the name has a space in it")
        .in_file("content/my plan.toml")
        .help("Call it `my-plan.toml`.");
    assert_eq!(
        plain(&diagnostic),
        "\
error[file-name]: the name has a space in it
--> content/my plan.toml
 = help: Call it `my-plan.toml`.
"
    );
}

#[test]
fn a_finding_about_the_site_and_a_failure_need_no_place() {
    let diagnostic = Diagnostic::warning("no-plans", "the site has no plan");
    assert_eq!(
        plain(&diagnostic),
        "warning[no-plans]: the site has no plan\n"
    );
    let failure = Failure::new("the disk is full").help("Make room.");
    assert_eq!(
        anstream::adapter::strip_str(&human_failure(&failure)).to_string(),
        "error: the disk is full\n |\n = help: Make room.\n"
    );
}

#[test]
fn a_frame_has_colours_until_they_are_taken_out() {
    let diagnostic = Diagnostic::error("a-name", "something is wrong");
    assert!(human(&diagnostic).contains("\u{1b}["));
}

#[test]
fn columns_count_characters_after_tabs_emoji_cjk_and_combining_marks() {
    for (before, column) in [
        ("\t", 2),
        ("a\tb\t", 5),
        ("👩‍👩‍👧 ", 7),
        ("戦略計画 ", 6),
        ("e\u{301} ", 4),
        ("ü ", 3),
    ] {
        let text = format!("title = \"x\"\n{before}bad = 1\n");
        let excerpt = excerpt(&text, span_of(&text, "bad"));
        assert_eq!((excerpt.line, excerpt.column), (2, column), "{before:?}");
        let frame = frame(&text, "bad");
        assert!(
            frame.contains(&format!("content/a.toml:2:{column}\n")),
            "{frame}"
        );
        assert_carets_under(&frame, "bad");
    }
}

#[test]
fn a_byte_order_mark_is_in_no_column_and_never_shown() {
    let text = "\u{feff}bad = 1\n";
    let place = excerpt(text, span_of(text, "bad"));
    assert_eq!((place.line, place.column), (1, 1));
    let frame = frame(text, "bad");
    assert!(!frame.contains('\u{feff}'), "{frame}");
    assert_carets_under(&frame, "bad");
    assert_eq!(
        excerpt(text, 0..0).column,
        1,
        "a span at the mark itself begins after it"
    );
}

#[test]
fn windows_line_endings_leave_no_trace() {
    let text = "title = \"x\"\r\nbad = 1\r\n";
    let frame = frame(text, "bad");
    assert!(
        frame.contains(":2:1\n") && !frame.contains('\r'),
        "{frame:?}"
    );
    assert_carets_under(&frame, "bad");
    for span in [20..22, 20..20, 21..22, 21..21] {
        let excerpt = excerpt(text, span.clone());
        assert_eq!((excerpt.column, excerpt.end_column), (8, 8), "{span:?}");
        assert_eq!(&*excerpt.text, "bad = 1");
    }
}

#[test]
fn a_carriage_return_that_ends_no_line_is_a_character_with_a_caret() {
    let text = "a = \"x\ry\"\n";
    let excerpt = excerpt(text, span_of(text, "\r"));
    assert_eq!((excerpt.column, excerpt.end_column), (7, 8));
    assert_carets_under(&frame(text, "\r"), "␍");
}

#[test]
fn an_empty_span_still_gets_a_caret() {
    for (text, offset, place) in [
        ("title = \"x", 10, ":1:11\n"),
        ("title = \"x\"\n", 11, ":1:12\n"),
        ("title = \"x\"\n", 12, ":2:1\n"),
        ("", 0, ":1:1\n"),
        ("\n\nx", 1, ":2:1\n"),
    ] {
        let frame = plain(&found(text, offset..offset));
        assert!(frame.contains(place), "{text:?} at {offset}:\n{frame}");
        assert_eq!(frame.matches('^').count(), 1, "{frame}");
    }
}

#[test]
fn a_span_that_leaves_the_text_or_cuts_a_character_is_moved_into_it() {
    assert_eq!(excerpt("ab\n", 90..99).line, 2);
    assert_eq!(excerpt("ab", 1..99).range, 1..2);
    assert_eq!(excerpt("äö", 1..3).range, 0..4);
    assert_eq!(excerpt("ab", Range { start: 2, end: 1 }).range, 2..2);
}

#[test]
fn a_span_over_several_lines_ends_before_the_last_line_break() {
    let text = "values = [\r\n  \"a\",\r\n  \"b\",\r\n]\r\n\r\ntitle = \"x\"\r\n";
    let span = text.find('[').unwrap()..text.find("title").unwrap();
    let excerpt = excerpt(text, span.clone());
    assert_eq!((excerpt.line, excerpt.column), (1, 10));
    assert_eq!((excerpt.end_line, excerpt.end_column), (4, 2));
    let frame = plain(&found(text, span).label("a list"));
    assert!(
        frame.contains("4 | | ]\n  | |_^ a list\n") && !frame.contains('\r'),
        "{frame:?}"
    );
}

#[test]
fn many_lines_are_folded() {
    let text = format!("values = [\n{}]\n", "  \"a\",\n".repeat(500));
    let frame = plain(&found(&text, 9..text.len()));
    assert!(frame.lines().count() <= 12, "{frame}");
    assert!(frame.contains("502 | | ]"), "{frame}");
}

#[test]
fn a_long_line_is_cut_around_its_caret() {
    let sentence = "Libraries thrive so that everyone can succeed. ".repeat(20);
    for text in [
        format!("bad = \"{sentence}\""),
        format!("a = \"{sentence}\" bad = \"{sentence}\""),
        format!("a = \"{sentence}\" bad"),
        format!("a = \"{}\" bad = 3", "戦略計画".repeat(60)),
    ] {
        let frame = frame(&text, "bad");
        assert!(frame.lines().all(|line| columns(line) <= 100), "{frame}");
        assert_carets_under(&frame, "bad");
        let column = text[..text.find("bad").unwrap()].chars().count() + 1;
        assert!(frame.contains(&format!(":1:{column}\n")), "{frame}");
    }
}

#[test]
fn a_frame_of_a_line_of_any_length_shows_what_stands_around_its_caret() {
    let words = "Libraries thrive – so that everyone can succeed.  ";
    for (before, behind) in [(15, 0), (15, 15), (2000, 15), (15, 2000), (2000, 2000)] {
        for indent in ["", "    ", &" ".repeat(50)] {
            let text = format!(
                "{indent}a{} bad{}",
                words.repeat(before),
                words.repeat(behind)
            );
            let frame = frame(&text, "bad");
            assert_carets_under(&frame, "bad");
            // From 15 repetitions on it does not matter how many more there are.
            let (fewer, more) = (before.min(15), behind.min(15));
            let short = format!("{indent}a{} bad{}", words.repeat(fewer), words.repeat(more));
            let short_frame = self::frame(&short, "bad");
            let lines = |frame: &str| frame.lines().skip(2).map(str::to_owned).collect::<Vec<_>>();
            assert_eq!(lines(&frame), lines(&short_frame), "{frame}\n{short_frame}");
            let column = text[..text.find("bad").unwrap()].chars().count() + 1;
            assert!(
                frame.contains(&format!("--> content/a.toml:1:{column}\n")),
                "{frame}"
            );
        }
    }
}

#[test]
fn two_places_on_one_long_line_keep_their_columns() {
    let line = format!("{}bad {}worse", "a, ".repeat(1000), "b, ".repeat(1000));
    let source = SourceText::new("content/a.toml", line.as_str());
    let place = |needle| source.place(span_of(&line, needle));
    let frame = plain(
        &Diagnostic::error("a-name", "something is wrong")
            .at(&source, span_of(&line, "bad"))
            .also(place("worse"), "and this"),
    );
    assert!(frame.contains("--> content/a.toml:1:3001\n"), "{frame}");
    assert!(frame.contains("::: content/a.toml:1:6005\n"), "{frame}");
}

#[test]
fn findings_on_long_lines_share_their_text() {
    let line = "é, ".repeat(1000);
    let source = SourceText::new("content/a.toml", format!("{line}\n{line}\n"));
    let text = |at: usize| {
        let place = source.place(at..at + 1);
        place.excerpt().expect("it is on a line").text.clone()
    };
    let (first, second) = (text(4), text(line.len() + 5));
    assert_eq!(&*first, line);
    assert!(Arc::ptr_eq(&first, &text(2000)));
    assert!(Arc::ptr_eq(&second, &text(line.len() + 2001)));
}

#[test]
fn columns_are_counted_alike_on_lines_of_any_length() {
    for (before, line) in [
        ("", "aé\u{1f600}戦".repeat(500)),
        ("\u{feff}", "aé\u{1f600}戦".repeat(500)),
        ("short\n", "éa".repeat(3000)),
        ("é\r\n", format!("a{}", "戦".repeat(1024))),
    ] {
        let source = SourceText::new("content/a.toml", format!("{before}{line}\n"));
        for (column, (at, _)) in line.char_indices().enumerate() {
            let at = before.len() + at;
            let (_, found) = source.place(at..at).line_and_column();
            assert_eq!(found, column + 1, "{at} of {before:?}");
        }
    }
}

#[test]
fn a_long_span_gets_carets_under_its_beginning() {
    let long = "Libraries thrive so that everyone can succeed. ".repeat(3);
    let one_line = format!("mission = \"{long}\"");
    let frame = plain(&found(&one_line, 10..one_line.len()).label("too long"));
    assert!(frame.lines().all(|line| columns(line) <= 100), "{frame}");
    assert!(frame.contains("^ too long\n"), "{frame}");

    let lines = format!("body = \"\"\"{long}\n\n{long}\"\"\"\n");
    let frame = plain(&found(&lines, 7..lines.len()).label("too long"));
    assert!(frame.lines().all(|line| columns(line) <= 100), "{frame}");
    assert!(frame.contains("^ too long (to line 3)\n"), "{frame}");
}

#[test]
fn nothing_in_the_input_can_act_on_a_terminal() {
    let hostile = "\u{1b}[31m\u{7}\u{8}\u{7f}\u{85}\u{9b}2J\u{202e}\u{2066}\u{2028}\0";
    let text = format!("a = \"{hostile}\" bad = \"{hostile}\"");
    let source = SourceText::new(format!("content/{hostile}\n.toml"), text.as_str());
    let diagnostic = Diagnostic::error("a-name", hostile)
        .at(&source, span_of(&text, "bad"))
        .label(hostile)
        .also(source.place(0..1), hostile)
        .also(Place::file(hostile), hostile)
        .help(hostile);
    let failure = human_failure(&Failure::new(hostile).help(hostile));
    let harmless = Diagnostic::error("a-name", "x")
        .at(&source, 0..1)
        .label("x")
        .also(source.place(0..1), "x")
        .also(Place::file("x"), "x")
        .help("x");
    let palette = colours(&human(&harmless));
    for shown in [
        human(&diagnostic),
        failure,
        json(&diagnostic),
        github(&diagnostic, hostile),
    ] {
        let without_ours = palette
            .iter()
            .fold(shown, |text, colour| text.replace(colour, ""));
        let unsafe_ones: Vec<_> = without_ours
            .chars()
            .filter(|&c| c != '\n' && (c.is_control() || "\u{202e}\u{2066}\u{2028}".contains(c)))
            .collect();
        assert!(
            unsafe_ones.is_empty(),
            "{unsafe_ones:?} in:\n{without_ours:?}"
        );
    }
    assert_carets_under(&plain(&diagnostic), "bad");
}

/// The escape sequences in a text that set a colour.
fn colours(text: &str) -> Vec<String> {
    text.split("\u{1b}[")
        .skip(1)
        .filter_map(|after| after.split_once('m'))
        .filter(|(code, _)| code.chars().all(|c| c.is_ascii_digit() || c == ';'))
        .map(|(code, _)| format!("\u{1b}[{code}m"))
        .collect()
}

#[test]
fn json_is_one_object_per_line_with_every_key() {
    let text = "title = \"x\"\n\tobjectivs = [\n]\n";
    let source = SourceText::new("content/a.toml", text);
    let diagnostic = Diagnostic::error("unknown-key", "a \"quoted\" word")
        .at(&source, 13..text.len())
        .label("here")
        .help("Do this.")
        .help("Or that.")
        .also(Place::file("planpress.toml"), "the site");
    let line = json(&diagnostic);
    assert_eq!(line.matches('\n').count(), 1);
    let value: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!(
        value,
        serde_json::json!({
            "severity": "error",
            "name": "unknown-key",
            "message": "a \"quoted\" word",
            "file": "content/a.toml",
            "line": 2,
            "column": 2,
            "end_line": 3,
            "end_column": 2,
            "source": "\tobjectivs = [",
            "label": "here",
            "help": ["Do this.", "Or that."],
            "related": [{
                "file": "planpress.toml",
                "line": null,
                "column": null,
                "end_line": null,
                "end_column": null,
                "source": null,
                "label": "the site",
            }],
        })
    );
    let whole_site = json(&Diagnostic::warning("no-plans", "the site has no plan"));
    let value: serde_json::Value = serde_json::from_str(&whole_site).unwrap();
    assert_eq!(value["severity"], "warning");
    assert_eq!(value["file"], serde_json::Value::Null);
}

#[test]
fn json_keeps_every_character_however_it_is_escaped() {
    let hostile = "\u{1b}[31m \u{202e} \u{9b} \\u202e \u{feff} 戦略 👩‍👧";
    let line = json(&Diagnostic::error("a-name", hostile));
    let value: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!(value["message"], hostile);
}

#[test]
fn annotations_are_escaped_as_github_reads_them() {
    let source = SourceText::new("content/a,b:c%.toml", "title = \"x\"\nbad = 1\n");
    let diagnostic = Diagnostic::error("a-name", "100 %: one, two\r\nthree")
        .at(&source, 12..15)
        .help("Do this.");
    assert_eq!(
        github(&diagnostic, ""),
        "::error file=content/a%2Cb%3Ac%25.toml,line=2,endLine=2,col=1,endColumn=4,title=a-name\
         ::100 %25: one, two%0D%0Athree%0ADo this.\n"
    );
}

#[test]
fn annotations_name_files_from_the_repository_and_columns_only_on_one_line() {
    let source = SourceText::new("content/a.toml", "a = [\n]\n");
    let diagnostic = Diagnostic::warning("a-name", "something is odd")
        .at(&source, 4..8)
        .also(source.place(0..1), "begun here")
        .also(Place::file("planpress.toml"), "the site");
    assert_eq!(
        github(&diagnostic, "sites/ours"),
        "::warning file=sites/ours/content/a.toml,line=1,endLine=2,title=a-name\
         ::something is odd%0Acontent/a.toml:1: begun here%0Aplanpress.toml: the site\n"
    );
}

#[test]
fn diagnostics_are_sorted_by_file_and_line_and_said_once() {
    let a = SourceText::new("content/a.toml", "x\ny\n");
    let b = SourceText::new("content/b.toml", "x\n");
    let error = |source: &SourceText, at: usize| Diagnostic::error("n", "m").at(source, at..at + 1);
    let warning = Diagnostic::warning("n", "m").at(&a, 2..3);
    let site = Diagnostic::error("n", "m");
    let mut all = vec![
        error(&b, 0),
        warning.clone(),
        error(&a, 2),
        error(&a, 0),
        error(&a, 0),
        site.clone(),
    ];
    diagnostic::sort(&mut all);
    assert_eq!(
        all,
        [site, error(&a, 0), error(&a, 2), warning, error(&b, 0)]
    );
}

#[test]
fn a_tally_reads_as_words() {
    let tally = |errors, warnings| Tally { errors, warnings }.to_string();
    assert_eq!(tally(0, 0), "no errors, no warnings");
    assert_eq!(tally(1, 0), "1 error");
    assert_eq!(tally(0, 2), "2 warnings");
    assert_eq!(tally(2, 1), "2 errors, 1 warning");
    assert_eq!(counted(0, "plan"), "no plans");
    let all = [Diagnostic::error("n", "m"), Diagnostic::warning("n", "m")];
    assert_eq!(
        Tally::of(&all),
        Tally {
            errors: 1,
            warnings: 1
        }
    );
}

/// Texts in which everything that could move a caret is frequent.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\n".to_owned()),
        Just("\r\n".to_owned()),
        Just("\r".to_owned()),
        Just("\t".to_owned()),
        Just("\u{feff}".to_owned()),
        Just("\u{202e}".to_owned()),
        Just("e\u{301}".to_owned()),
        Just("👩‍👩‍👧".to_owned()),
        Just("戦略".to_owned()),
        Just(" ".repeat(40)),
        Just("word ".repeat(30)),
        "[a-z\"= ]{0,8}",
        any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_span_of_any_text_is_shown_at_its_own_line_and_column(
        text in any_text(), start in 0_usize..400, length in 0_usize..60,
    ) {
        let diagnostic = found(&text, start..start + length).label("here");
        let excerpt = excerpt(&text, start..start + length);
        prop_assert!(excerpt.line <= excerpt.end_line);
        prop_assert!(excerpt.end_line <= text.split('\n').count());
        prop_assert!(excerpt.text.get(excerpt.range.clone()).is_some());
        let before = &excerpt.text[..excerpt.range.start];
        prop_assert_eq!(excerpt.column, before.chars().count() + 1);
        let last = excerpt.text[..excerpt.range.end].rsplit('\n').next().unwrap_or_default();
        prop_assert_eq!(excerpt.end_column, last.chars().count() + 1);

        let frame = plain(&diagnostic);
        let place = format!("content/a.toml:{}:{}\n", excerpt.line, excerpt.column);
        prop_assert!(frame.contains(&place), "{place} is not in:\n{frame}");
        prop_assert!(frame.contains('^'), "{}", frame);
        serde_json::from_str::<serde_json::Value>(&json(&diagnostic)).unwrap();
        prop_assert_eq!(github(&diagnostic, "").matches('\n').count(), 1);
    }
}
