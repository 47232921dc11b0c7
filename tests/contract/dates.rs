//! Dates: a year, a month or a day, in words of the plan's language.

use super::{DOMAIN, page, refused};

/// The words and the machine's form of the dates of a letter.
fn letter_date(language: &str, date: &str) -> (String, String) {
    let page = page(&format!(
        "title = \"Plan\"\nlanguage = \"{language}\"\n[letter]\ndate = {date}\nbody = \"Text.\"\n{DOMAIN}"
    ));
    (
        page.texts("time").remove(0),
        page.attributes("time", "datetime").remove(0),
    )
}

#[test]
fn every_form_of_a_date_is_shown_in_words_of_the_plans_language() {
    let cases = [
        ("en", "2006", "2006", "2006"),
        ("en", "\"2006\"", "2006", "2006"),
        ("en-US", "\"2006-06\"", "June 2006", "2006-06"),
        ("en-US", "2025-06-09", "June 9, 2025", "2025-06-09"),
        ("en-US", "\"2025-06-09\"", "June 9, 2025", "2025-06-09"),
        ("en-GB", "2025-06-09", "9 June 2025", "2025-06-09"),
        ("de", "2024-03-05", "5. März 2024", "2024-03-05"),
        ("de", "\"2024-03\"", "März 2024", "2024-03"),
        ("fr", "2024-08-15", "15 août 2024", "2024-08-15"),
        ("pt-BR", "\"2024-03\"", "março de 2024", "2024-03"),
        ("ar", "2024-03-05", "5 مارس 2024", "2024-03-05"),
        ("th", "2024", "ค.ศ. 2024", "2024"),
        ("zh-Hans", "2024-03-05", "2024年3月5日", "2024-03-05"),
        ("zh-Hans", "\"2024-03\"", "2024年3月", "2024-03"),
    ];
    for (language, date, words, datetime) in cases {
        assert_eq!(
            letter_date(language, date),
            (words.to_owned(), datetime.to_owned()),
            "{date} in {language}"
        );
    }
}

#[test]
fn either_end_of_a_period_may_be_missing() {
    let facts = |period: &str| {
        page(&format!("title = \"Plan\"\nperiod = {period}\n{DOMAIN}")).texts(".facts dd")
    };
    assert_eq!(facts("{ start = 2025, end = 2028 }"), ["2025–2028"]);
    assert_eq!(facts("{ start = 2025 }"), ["From 2025"]);
    assert_eq!(facts("{ end = \"2028-06\" }"), ["Until June 2028"]);
    assert_eq!(facts("{ start = 2025, end = 2025 }"), ["2025"]);
}

#[test]
fn an_end_is_before_its_start_only_where_its_last_day_is() {
    let sound = [
        ("2025", "2025"),
        ("\"2025-06\"", "2025"),
        ("2025-06-09", "\"2025-06\""),
        ("2025-06-09", "2025-06-09"),
    ];
    for (start, end) in sound {
        page(&format!(
            "title = \"Plan\"\nperiod = {{ start = {start}, end = {end} }}\n{DOMAIN}"
        ));
        page(&format!(
            "title = \"Plan\"\n[[domains]]\nname = \"Name\"\nobjectives = [{{ text = \"One.\", start = {start}, due = {end} }}]\n"
        ));
    }
    let wrong = [
        ("2025", "2024"),
        ("2025", "\"2024-12\""),
        ("\"2025-06\"", "2025-05-31"),
    ];
    for (start, end) in wrong {
        let said = refused(&format!(
            "title = \"Plan\"\nperiod = {{ start = {start}, end = {end} }}\n{DOMAIN}"
        ));
        assert!(said.contains("is before `start`"), "{said}");
        let said = refused(&format!(
            "title = \"Plan\"\n[[domains]]\nname = \"Name\"\nobjectives = [{{ text = \"One.\", start = {start}, due = {end} }}]\n"
        ));
        assert!(said.contains("is before `start`"), "{said}");
    }
}

#[test]
fn a_time_of_day_is_an_error_and_a_bare_month_gets_the_hint_to_quote_it() {
    let said = |date: &str| {
        refused(&format!(
            "title = \"Plan\"\n[letter]\ndate = {date}\nbody = \"Text.\"\n{DOMAIN}"
        ))
    };
    assert!(said("2025-06-09T10:00:00").contains("no time of day"));
    assert!(said("2025-06").contains("Write \"2025-06\", with quotes"));
}
