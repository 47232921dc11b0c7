//! What the program says of syntax errors: one error for one mistake, at the mistake itself.

use planpress::diagnostic::{Diagnostic, SourceText, human};
use planpress::plan::read;

const HEAD: &str = "title = \"Plan\"\nperiod = { start = 2025, end = 2028 }\n";
const TAIL: &str = "\n[[domains]]\nname = \"Advocacy\"\nobjectives = [\"Champion libraries.\"]\n";

fn errors(text: &str) -> Vec<Diagnostic> {
    let (_, found) = read(&SourceText::new("content/plan.toml", text));
    found.into_iter().filter(Diagnostic::is_error).collect()
}

fn shown(found: &[Diagnostic]) -> String {
    found.iter().map(human).collect()
}

/// The only error of a plan in which `line` stands on line 3: its name, message, column and help.
#[track_caller]
fn only(line: &str) -> (&'static str, String, usize, String) {
    at_line(&format!("{HEAD}{line}{TAIL}"), 3)
}

#[track_caller]
fn at_line(text: &str, line: usize) -> (&'static str, String, usize, String) {
    let found = errors(text);
    let [one] = found.as_slice() else {
        panic!("one error was expected:\n{}", shown(&found));
    };
    let (at, column) = one
        .place
        .as_ref()
        .expect("it has a place")
        .line_and_column();
    assert_eq!(at, line, "{}", shown(&found));
    let words = format!("{}; {}", one.message, one.label);
    (one.name, words, column, one.help.join(" "))
}

#[track_caller]
fn holds(text: &str, part: &str) {
    assert!(text.contains(part), "{part:?} is not in {text:?}");
}

#[test]
fn an_unclosed_list_is_one_error_at_its_bracket_and_names_the_line_where_it_ends() {
    for next in [
        "[[domains]]\nname = \"B\"\nobjectives = [\"Go.\"]\n",
        "[letter]\nbody = \"Hi.\"\n",
    ] {
        let text = format!(
            "{HEAD}{TAIL}{}{next}",
            "[[domains]]\nname = \"C\"\nobjectives = [\n  \"One.\",\n  \"Two.\"\n"
        );
        let (_, message, column, help) = at_line(&text, 9);
        holds(
            &message,
            "the bracket `[` that opens this list is never closed",
        );
        assert_eq!(column, 14);
        holds(&help, "Write `]` before line 12");
    }
    let (_, _, _, help) = at_line(
        &format!("{HEAD}values = [\n  \"One\",\nvision = \"Sing.\"\n{TAIL}"),
        3,
    );
    holds(&help, "before line 5, where `vision = \"Sing.\"` begins");
}

#[test]
fn what_stands_behind_an_unclosed_list_is_checked() {
    let text = format!("{HEAD}values = [\n  \"One\",\nvision = [\"Sing.\"]\n{TAIL}date = 5\n");
    let found = errors(&text);
    assert!(
        found.iter().any(|one| one.name == "wrong-type"),
        "{}",
        shown(&found)
    );
}

#[test]
fn an_unclosed_brace_is_one_error_at_the_brace() {
    let (_, message, column, _) =
        only("links = { source = \"https://example.org\"\nmission = \"Go.\"");
    holds(&message, "the brace `{`");
    assert_eq!(column, 9);
    let text = format!(
        "{HEAD}{}",
        "[[domains]]\nname = \"A\"\nobjectives = [\n  { text = \"One.\",\n  { text = \"Two.\" },\n]\n"
    );
    let (_, message, column, _) = at_line(&text, 6);
    holds(&message, "the brace `{`");
    assert_eq!(column, 3);
}

#[test]
fn a_quote_inside_quotes_is_the_same_slip_in_a_list_as_behind_a_key() {
    for line in [
        "mission = \"Hold the \"Big Sing\" each year.\"",
        "values = [\n  \"Hold the \"Big Sing\" each year.\",\n  \"Next.\",\n]",
        "values = [\"Hold the \"Big Sing\" each year.\", \"Next.\"]",
    ] {
        let text = format!("{HEAD}{line}{TAIL}");
        let found = errors(&text);
        assert_eq!(found.len(), 1, "{}", shown(&found));
        assert_eq!(found[0].name, "unescaped-quote");
        holds(
            &found[0].help.join(" "),
            "'Hold the \"Big Sing\" each year.'",
        );
    }
    let (_, _, _, help) = only("values = [\"Say \"yes\", then go.\"]");
    holds(&help, "'Say \"yes\", then go.'");
}

#[test]
fn a_curly_quote_at_one_end_is_named_there() {
    for (line, column, quote, write) in [
        (
            "mission = “We help … sing.\"",
            11,
            '“',
            "Write \"We help … sing.\"",
        ),
        (
            "mission = \"Every village sings”",
            31,
            '”',
            "Write \"Every village sings\"",
        ),
        (
            "mission = “We say ‘hello’.”",
            11,
            '“',
            "Write \"We say ‘hello’.\"",
        ),
        ("values = [“Hold …\", \"Go\"]", 11, '“', "Write \"Hold …\""),
        ("values = [\"Hold …”, \"Go\"]", 18, '”', "Write \"Hold …\""),
        (
            "values = [\"Hold …”, \"Go”, \"On\"]",
            18,
            '”',
            "Write \"Hold …\"",
        ),
    ] {
        let text = format!("{HEAD}{line}{TAIL}");
        let found = errors(&text);
        let one = &found[0];
        assert_eq!(one.name, "curly-quote", "{}", shown(&found));
        holds(&one.message, &format!("`{quote}` is a typographic quote"));
        holds(&one.help.join(" "), write);
        assert_eq!(
            one.place.as_ref().unwrap().line_and_column(),
            (3, column),
            "{}",
            shown(&found)
        );
        assert_eq!(
            found.len(),
            if line.contains("On") { 2 } else { 1 },
            "{}",
            shown(&found)
        );
    }
}

#[test]
fn both_curly_values_of_a_table_are_reported() {
    let found = errors(&format!(
        "{HEAD}{TAIL}[letter]\nbody = \"Hi.\"\nsignature = {{ name = “M”, role = “P” }}\n"
    ));
    assert_eq!(found.len(), 2, "{}", shown(&found));
    assert!(found.iter().all(|one| one.name == "curly-quote"));
}

#[test]
fn three_curly_quotes_are_one_error() {
    for body in [
        "“””\nSome words.\n\nMore.\n“””",
        "”””\nSome words.\n\"\"\"",
        "“””\nSome words.\n",
    ] {
        let text = format!("{HEAD}[letter]\nbody = {body}\n{TAIL}");
        let (name, _, column, help) = at_line(&text, 4);
        assert_eq!((name, column), ("curly-quote", 8));
        holds(&help, "\"\"\"");
    }
}

#[test]
fn a_missing_opening_quote_is_named() {
    let (_, message, column, help) = only("vision = Every village has a choir.\"");
    holds(&message, "the quote that opens this text is missing");
    assert_eq!(column, 10);
    holds(&help, "Write \"Every village has a choir.\"");
    only("values = [Hold hands, all of you.\", \"Go\"]");
}

#[test]
fn dates_without_quotes_are_explained_by_the_adviser_on_dates() {
    for (date, advice) in [
        ("6/9/2025", "\"2025-06-09\" (June 9)"),
        ("2025–06–09", "2025-06-09"),
        ("9.6.2025", "\"2025-06-09\" (June 9)"),
        ("6-9-2025", "\"2025-09-06\" (September 6)"),
        ("June 2025", "Write it as \"2025-06\""),
        ("2025-06", "Write \"2025-06\", with quotes."),
        ("2025-02-30", "February 2025 has 28 days"),
    ] {
        let text = format!("{HEAD}{TAIL}[[history]]\nevent = \"adopted\"\ndate = {date}\n");
        let (name, _, column, help) = at_line(&text, 9);
        assert_eq!((name, column), ("bad-date", 8), "{date}");
        holds(&help, advice);
    }
    for period in ["2026-2030", "2026–2030"] {
        let (_, _, _, help) = at_line(&format!("title = \"P\"\nperiod = {period}{TAIL}"), 2);
        holds(&help, "period = { start = 2026, end = 2030 }");
    }
    let (_, _, _, help) = only("mission = June 2025");
    holds(&help, "Write \"June 2025\"");
}

#[test]
fn three_quotes_that_swallow_the_rest_are_reported_where_they_open() {
    for body in [
        "\"\"\"\nSome words.\n",
        "\"\"\"Some words.\n",
        "'''\nSome words.\n",
    ] {
        for second in ["", "vision = \"\"\"\nSing.\n\"\"\"\n"] {
            let text = format!("{HEAD}mission = {body}{second}{TAIL}");
            let (name, _, column, help) = at_line(&text, 3);
            assert_eq!((name, column), ("unclosed-text", 11));
            holds(&help, "before line");
        }
    }
    let text =
        format!("{HEAD}mission = \"\"\"\nSome words.\n{TAIL}objektives = 1\n[letter]\nbody = 5\n");
    let found = errors(&text);
    assert!(
        found.iter().any(|one| one.name == "wrong-type"),
        "{}",
        shown(&found)
    );
}

#[test]
fn a_space_pasted_from_word_is_named() {
    for (line, column) in [
        ("\u{a0}mission = \"Go.\"", 1),
        ("mission\u{a0}= \"Go.\"", 8),
        ("mission =\u{a0}\"Go.\"", 10),
        ("\u{a0}\u{a0}mission\u{a0}=\u{a0}\"Go.\"\u{a0}", 1),
        ("[letter]\u{a0}\nbody = \"Hi.\"", 9),
    ] {
        let (_, message, at, help) = only(line);
        holds(&message, "here is a no-break space, as Word writes it");
        holds(&help, "type an ordinary space");
        assert_eq!(at, column, "{line:?}");
    }
    only("publish = true\u{a0}");
}

#[test]
fn backslashes_in_addresses_become_slashes_and_others_are_explained() {
    let (name, _, column, help) = only("mission = \"See ![us](files\\members.png) here.\"");
    assert_eq!((name, column), ("backslash", 27));
    holds(&help, "files/members.png");
    let (_, _, _, help) = only("mission = \"C:\\users\"");
    holds(&help, "single quotes");
    holds(&help, "'C:\\users'");
    only("mission = \"C:\\plans\\\"");
    let text = format!("{HEAD}mission = \"\"\"\nIn C:\\plans and \\users.\n\"\"\"{TAIL}");
    at_line(&text, 4);
}

#[test]
fn domains_in_single_brackets_are_one_error_that_keeps_every_domain() {
    let one = "[domains]\nlabel = \"A\"\nname = \"One\"\nobjectives = [\"Go.\"]\n";
    let two = "[domains]\nlabel = \"B\"\nname = \"Two\"\nobjectives = [\"Run.\"]\n";
    let text = format!("{HEAD}{one}{two}");
    let (_, _, _, help) = at_line(&text, 3);
    holds(&help, "[[domains]] with two pairs of brackets, both times");
    let (plan, _) = read(&SourceText::new("content/plan.toml", text));
    assert_eq!(plan.domains.len(), 2);
}

#[test]
fn what_is_there_twice_names_the_first() {
    let found = errors(&format!("{HEAD}title = \"Again\"{TAIL}"));
    assert_eq!(found.len(), 1, "{}", shown(&found));
    assert_eq!(found[0].related[0].0.line_and_column(), (1, 1));
    let found = errors(&format!(
        "{HEAD}[letter]\nbody = \"One.\"\n{TAIL}[letter]\nbody = \"Two.\"\n"
    ));
    assert_eq!(found.len(), 1, "{}", shown(&found));
    assert_eq!(found[0].related[0].0.line_and_column().0, 3);
}

#[test]
fn what_stands_in_the_place_of_an_equals_sign_is_named() {
    for line in [
        "vision: \"Sing.\"",
        "vision – \"Sing.\"",
        "vision - \"Sing.\"",
        "vision \"Sing.\"",
        "\"vision = Sing.\"",
        "“vision = Sing.”",
        "vision: Sing.",
    ] {
        let (_, _, _, help) = only(line);
        holds(&help, "Write vision = \"Sing.\"");
    }
}

#[test]
fn a_comma_or_a_line_break_left_out_is_one_error() {
    let (_, message, column, _) = only("values = [\"One\" \"Two\"]");
    holds(&message, "a comma is missing");
    assert_eq!(column, 17);
    at_line(
        &format!("{HEAD}values = [\n  \"One\"\n  \"Two\",\n]{TAIL}"),
        5,
    );
    let (_, message, column, _) = only("mission = \"Go.\" vision = \"Sing.\"");
    holds(&message, "a new line belongs before this");
    assert_eq!(column, 17);
}

#[test]
fn what_parses_is_never_called_a_slip() {
    for whole in [
        include_str!("../content/ala-2025.toml"),
        include_str!("../content/alcts-2006-2011.toml"),
    ] {
        let text = format!("{whole}\n[broken\n");
        assert_eq!(errors(&text).len(), 1, "{}", shown(&errors(&text)));
    }
}

#[test]
fn a_megabyte_of_garbage_is_read_in_a_moment() {
    for piece in [
        "[",
        "\"",
        "a=\n",
        "{",
        "'",
        "“",
        "a=[",
        "[[a]]\n",
        "a = \"\"\"\n",
        "\\",
        "\u{a0}",
        "a=\"x\" ",
        "[a",
        "a={b=",
        "a=“““\n",
        "a = [1 2",
        "a.",
        "[a.a]\n",
        "\"a\" x, ",
        "a=1/2\n",
        "]",
        "=",
        "a:\"x\n",
        "x \"y\n",
        "a=\n\"x\"\n",
        "a=[\"x\"; ",
    ] {
        let text = piece.repeat(1_000_000 / piece.len());
        let started = std::time::Instant::now();
        let found = errors(&text);
        assert!(!found.is_empty(), "{piece:?}");
        assert!(
            started.elapsed().as_secs() < 20,
            "{piece:?} took {:?}",
            started.elapsed()
        );
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(3000))]
    #[test]
    fn whatever_is_written_every_place_lies_in_the_file(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..40)
    ) {
        let text: String = pieces.concat();
        let source = SourceText::new("content/plan.toml", text.as_str());
        let document = planpress::plan::document::parse(&source);
        let length = text.len();
        for range in &document.broken {
            proptest::prop_assert!(range.start <= range.end && range.end <= length);
        }
        spans(document.root.get_ref(), length)?;
        for one in read(&source).1 {
            human(&one);
        }
    }
}

const PIECES: &[&str] = &[
    "\"",
    "'",
    "\"\"\"",
    "'''",
    "“",
    "”",
    "“””",
    "’",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    " = ",
    ":",
    "–",
    ",",
    "#",
    "\n",
    "\n",
    "\r\n",
    "\r",
    " ",
    "\t",
    "\u{a0}",
    "\u{feff}",
    "\\",
    "\\u",
    "\\\"",
    "a",
    "b",
    "title",
    "period",
    "domains",
    "date",
    "2025",
    "6/9/2025",
    "2025-06",
    "true",
    "yes",
    "ü",
    "\0",
    ".",
    "-",
    "](x\\y)",
    "[domains]\n",
    "[[domains]]\n",
    "objectives = [\n",
    "name = \"A\"\n",
    "a = ",
    "a = ",
];

fn spans(
    table: &toml::de::DeTable<'_>,
    length: usize,
) -> Result<(), proptest::test_runner::TestCaseError> {
    for (name, value) in table {
        for span in [name.span(), value.span()] {
            proptest::prop_assert!(span.start <= span.end && span.end <= length);
        }
        if let toml::de::DeValue::Table(inner) = value.get_ref() {
            spans(inner, length)?;
        }
    }
    Ok(())
}

#[test]
fn small_slips_between_values_are_one_error_each() {
    for (line, message) in [
        ("values = [\"One\"; \"Two\"]", "a semicolon"),
        ("mission == \"Go.\"", "a second `=`"),
        ("mission = \"Go.\",", "something stands behind"),
        ("mission =\n\"Go.\"", "begins on the next line"),
        (
            "mission = \"We go\nand sing\nall day.\"",
            "needs three quotes",
        ),
        (
            "links: { source = \"https://example.org\" }",
            "`:` stands here",
        ),
    ] {
        holds(&only(line).1, message);
    }
    let (_, message, _, _) = at_line(
        &format!("title = \"P\"\nperiod = {{ start: 2025 }}{TAIL}"),
        2,
    );
    holds(&message, "`:` stands here");
}

#[test]
fn a_mended_tree_is_whole_and_says_which_places_it_lost() {
    let text = format!("{HEAD}mission = “Go.”\nvalues = [\n  \"One\",\n{TAIL}nonsense here\n");
    let source = SourceText::new("content/plan.toml", text.as_str());
    let document = planpress::plan::document::parse(&source);
    assert!(document.whole);
    let broken: Vec<&str> = document
        .broken
        .iter()
        .map(|range| &text[range.clone()])
        .collect();
    assert_eq!(broken, ["“Go.”", "[", "nonsense here"]);
    let root = document.root.get_ref();
    assert_eq!(
        root["values"].get_ref().as_array().map(|list| list.len()),
        Some(1)
    );
    let name = root["domains"]
        .get_ref()
        .get(0)
        .and_then(|domain| domain.get_ref().get("name"))
        .expect("a name");
    assert_eq!(&text[name.span()], "\"Advocacy\"");
}
