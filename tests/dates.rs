//! Dates and languages: what may be written, what it means, and what is said about the rest.

use planpress::plan::date::{Date, DateFormatter, ends_before_it_starts};
use planpress::plan::language::Language;

fn date(text: &str) -> Date {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn help(text: &str) -> String {
    match text.parse::<Date>() {
        Ok(date) => panic!("{text:?} was read as {date}"),
        Err(error) => error.help,
    }
}

fn message(text: &str) -> String {
    text.parse::<Date>().expect_err(text).message
}

fn toml(value: &str) -> Result<Date, planpress::plan::date::DateError> {
    Date::from_toml(&value.parse().expect(value))
}

fn language(tag: &str) -> Language {
    Language::parse(tag).unwrap_or_else(|error| panic!("{tag}: {error}"))
}

#[test]
fn a_date_is_a_year_a_month_or_a_day() {
    for text in [
        "2006",
        "2006-06",
        "2025-06-09",
        "2024-02-29",
        "2000-02-29",
        "1000",
        "9999-12-31",
    ] {
        assert_eq!(date(text).iso(), text);
    }
    assert_eq!(Date::from_year(2006), Ok(date("2006")));
    assert_eq!(toml("2025-06-09"), Ok(date("2025-06-09")));
}

#[test]
fn a_date_means_its_whole_span() {
    assert_eq!(date("2006").first_day(), (2006, 1, 1));
    assert_eq!(date("2006").last_day(), (2006, 12, 31));
    assert_eq!(date("2024-02").last_day(), (2024, 2, 29));
    assert_eq!(date("1900-02").last_day(), (1900, 2, 28));
    assert_eq!(date("2025-04").last_day(), (2025, 4, 30));
    assert_eq!(
        date("2025-06-09").first_day(),
        date("2025-06-09").last_day()
    );
}

#[test]
fn an_end_is_before_its_start_only_if_its_whole_span_is() {
    let backwards = |start, end| ends_before_it_starts(&date(start), &date(end));
    assert!(!backwards("2006", "2006"));
    assert!(!backwards("2006-06", "2006"));
    assert!(!backwards("2006", "2006-01"));
    assert!(!backwards("2006-06-30", "2006-06"));
    assert!(backwards("2006-06-30", "2006-05"));
    assert!(backwards("2006", "2005-12-31"));
}

#[test]
fn a_day_that_does_not_exist_says_how_many_there_are() {
    assert_eq!(message("2025-02-30"), "there is no February 30, 2025");
    assert_eq!(
        help("2025-02-30"),
        "February 2025 has 28 days: the last is 2025-02-28."
    );
    assert_eq!(
        help("2024-02-30"),
        "February 2024 has 29 days: the last is 2024-02-29."
    );
    assert_eq!(message("2025-06-00"), "there is no June 0, 2025");
    assert_eq!(message("2025-13"), "there is no month 13");
    assert_eq!(message("2025-00"), "there is no month 00");
}

#[test]
fn a_time_of_day_is_to_be_left_out() {
    let error = toml("2025-06-09T10:00:00Z").expect_err("has a time");
    assert_eq!(error.help, "Leave the time out: 2025-06-09.");
    assert!(toml("10:00:00").is_err());
    assert_eq!(help("2025-06-09 10:00"), "Leave the time out: 2025-06-09.");
    assert_eq!(
        help("2025-06-09T10:00:00"),
        "Leave the time out: 2025-06-09."
    );
}

#[test]
fn what_can_only_mean_one_date_is_proposed() {
    for (text, meant) in [
        ("June 2025", "2025-06"),
        ("june 2025", "2025-06"),
        ("Sept. 2025", "2025-09"),
        ("June 9, 2025", "2025-06-09"),
        ("9th of June 2025", "2025-06-09"),
        ("9-Jun-2025", "2025-06-09"),
        ("2025-6", "2025-06"),
        ("2025/06/09", "2025-06-09"),
        ("06/2025", "2025-06"),
        ("6/23/2025", "2025-06-23"),
        ("23.6.2025", "2025-06-23"),
        ("6.6.2025", "2025-06-06"),
        (" 2025 ", "2025"),
        ("2025\u{2013}06", "2025-06"),
    ] {
        assert_eq!(help(text), format!("Write it as \"{meant}\"."), "{text:?}");
    }
}

#[test]
fn what_can_be_read_in_two_ways_is_asked_back() {
    let help = help("6/9/2025");
    assert!(help.contains("\"2025-06-09\" (June 9)"), "{help}");
    assert!(help.contains("\"2025-09-06\" (September 6)"), "{help}");
}

#[test]
fn anything_else_is_shown_the_three_forms() {
    for text in [
        "",
        "soon",
        "Q1 2026",
        "Spring 2026",
        "20",
        "Juni 20255",
        "-2025",
        "June",
        "1/2/3",
    ] {
        assert!(
            help(text).starts_with("A date is a year (2025)"),
            "{text:?}: {}",
            help(text)
        );
    }
}

#[test]
fn two_years_in_one_string_are_a_period() {
    assert_eq!(
        help("2025-2028"),
        "Write a period as { start = 2025, end = 2028 }."
    );
    assert_eq!(
        help("2025 – 2028"),
        "Write a period as { start = 2025, end = 2028 }."
    );
}

#[test]
fn a_number_that_is_no_year_is_read_back() {
    let help = |year| Date::from_year(year).expect_err("no year").help;
    assert_eq!(help(25), "Write the year with four digits: 2025.");
    assert_eq!(help(202_506), "Write a month as \"2025-06\", in quotes.");
    assert_eq!(help(20_250_609), "Write a day as 2025-06-09.");
    for year in [-1, 999, 10_000, 202_513, i64::MAX, i64::MIN] {
        assert_eq!(
            help(year),
            "Write the year with four digits, such as 2025.",
            "{year}"
        );
    }
}

#[test]
fn dates_are_shown_in_the_words_of_the_language() {
    for (tag, text, words) in [
        ("en", "2025-06-09", "June 9, 2025"),
        ("en-US", "2006-06", "June 2006"),
        ("en-US", "2006", "2006"),
        ("en-GB", "2025-06-09", "9 June 2025"),
        ("de", "2025-06-09", "9. Juni 2025"),
        ("de-AT", "2025-01", "Jänner 2025"),
        ("fr-CA", "2025-06-09", "9 juin 2025"),
        ("zh", "2025-06-09", "2025年6月9日"),
        ("ja", "2006", "2006年"),
        ("ar-EG", "2025-06-09", "٩ يونيو ٢٠٢٥"),
        ("en-AU", "2025-06-09", "9 June 2025"),
    ] {
        assert_eq!(date(text).words(&language(tag)), words, "{tag}");
    }
}

#[test]
fn the_calendar_is_gregorian_in_every_language() {
    for tag in [
        "th",
        "th-TH-u-ca-buddhist",
        "ja-u-ca-japanese",
        "en-u-ca-hebrew",
    ] {
        let words = date("2025-06-09").words(&language(tag));
        assert!(words.contains("2025"), "{tag}: {words}");
    }
    let words = date("2025-06-09").words(&language("fa"));
    assert!(words.contains("۲۰۲۵"), "{words}");
}

#[test]
fn a_language_nothing_is_known_about_gets_digits() {
    assert_eq!(date("2025-06-09").words(&language("tlh")), "2025-06-09");
    assert_eq!(date("2025-06").words(&language("tlh")), "2025-06");
    assert_eq!(date("2025").words(&language("tlh")), "2025");
}

#[test]
fn one_formatter_serves_a_whole_page() {
    let formatter = DateFormatter::new(&language("en"));
    let words: Vec<_> = ["2025-06-09", "2006-06", "2006", "2025-06-10"]
        .iter()
        .map(|text| formatter.words(&date(text)))
        .collect();
    assert_eq!(
        words,
        ["June 9, 2025", "June 2006", "2006", "June 10, 2025"]
    );
}

#[test]
fn language_tags_take_their_usual_form() {
    for (written, tag) in [
        ("en", "en"),
        ("en-us", "en-US"),
        ("EN-us", "en-US"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("en-UK", "en-GB"),
        ("iw", "he"),
        ("eng", "en"),
        ("de-1996", "de-1996"),
    ] {
        assert_eq!(language(written).as_str(), tag);
    }
}

#[test]
fn what_is_no_language_tag_says_what_to_write() {
    for (written, help) in [
        ("English", "Write the language's code: \"en\"."),
        ("FRANÇAIS", "Write the language's code: \"fr\"."),
        ("en_US", "Write it as \"en-US\"."),
        ("en_US.UTF-8", "Write it as \"en-US\"."),
        (" de ", "Write it as \"de\"."),
    ] {
        assert_eq!(Language::parse(written).expect_err(written), help);
    }
    for written in [
        "",
        "-",
        "e",
        "klingonese",
        "und",
        "en--US",
        "\u{0}",
        "日本語",
    ] {
        let help = Language::parse(written).expect_err(written);
        assert!(help.contains("short code"), "{written:?}: {help}");
    }
}

#[test]
fn scripts_run_in_their_direction() {
    for tag in ["ar", "he", "fa-IR", "ur", "yi", "ks-Arab", "dv", "az-Arab"] {
        assert_eq!(language(tag).direction(), "rtl", "{tag}");
    }
    for tag in ["en", "de-AT", "zh-Hant", "ks-Deva", "az", "tlh"] {
        assert_eq!(language(tag).direction(), "ltr", "{tag}");
    }
}

#[test]
fn a_language_falls_back_to_more_general_ones() {
    let chain = |tag: &str| {
        language(tag)
            .fallbacks()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(chain("de-AT"), ["de-AT", "de"]);
    assert_eq!(chain("zh-Hant-TW"), ["zh-Hant-TW", "zh-Hant", "zh"]);
    assert_eq!(
        chain("en-u-ca-gregory"),
        ["en-u-ca-gregory", "en-u-ca", "en"]
    );
    assert_eq!(Language::default().as_str(), "en");
}
