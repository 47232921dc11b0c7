//! What to write instead of something that is no date.

use super::{Date, DateError, days_in, parts};

const FORMS: &str = "A date is a year (2025), a month (\"2025-06\") or a day (2025-06-09).";

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn error(message: String, help: impl Into<String>) -> DateError {
    DateError {
        message,
        help: help.into(),
    }
}

pub(super) fn no_year(year: i64) -> DateError {
    let message = format!("{year} is not a year");
    // 202506 and 20250609 are dates whose hyphens were left out.
    let (month, day) = (year / 100, year / 10_000);
    let help = match year {
        0..=99 => format!("Write the year with four digits: {}.", 2000 + year),
        100_001..=999_912 if (1..=12).contains(&(year % 100)) => {
            format!("Write a month as \"{month}-{:02}\", in quotes.", year % 100)
        }
        10_000_101..=99_991_231 if (1..=12).contains(&(month % 100)) => {
            format!("Write a day as {day}-{:02}-{:02}.", month % 100, year % 100)
        }
        _ => "Write the year with four digits, such as 2025.".to_owned(),
    };
    error(message, help)
}

pub(super) fn no_month(year: u16, month: u8) -> DateError {
    let help = match month {
        0 => "Months are numbered from 01 (January) to 12 (December).".to_owned(),
        // The day and the month may just have changed places.
        _ => format!(
            "Months are numbered from 01 to 12; write the year, the month and the day, in \
             this order, such as \"{year:04}-06\" or {year:04}-06-09."
        ),
    };
    error(format!("there is no month {month:02}"), help)
}

pub(super) fn no_day(year: u16, month: u8, day: u8) -> DateError {
    let name = MONTHS[usize::from(month - 1)];
    let days = days_in(year, month);
    error(
        format!("there is no {name} {day}, {year}"),
        format!("{name} {year} has {days} days: the last is {year:04}-{month:02}-{days:02}."),
    )
}

/// `date` is the part before the time, where there is one.
pub(super) fn time_of_day(date: Option<&str>) -> DateError {
    match date {
        Some(date) => error(
            "a date in a plan has no time of day".to_owned(),
            format!("Leave the time out: {date}."),
        ),
        None => error("this is a time of day, not a date".to_owned(), FORMS),
    }
}

pub(super) fn no_date(text: &str) -> DateError {
    if let Some(error) = with_time(text)
        .or_else(|| two_years(text))
        .or_else(|| ambiguous(text))
    {
        return error;
    }
    let message = if text.trim().is_empty() {
        "there is no date here".to_owned()
    } else {
        format!("\"{}\" is not a date", text.trim())
    };
    match suggestion(text) {
        Some(date) => error(message, format!("Write it as \"{date}\".")),
        None => error(message, FORMS),
    }
}

/// `2025-06-09T10:00` and `2025-06-09 10:00`.
fn with_time(text: &str) -> Option<DateError> {
    let date = text.trim().get(..10)?;
    let rest = text.trim()[10..].trim_start_matches(['T', 't', ' ']);
    exact(date)?;
    (rest.starts_with(|c: char| c.is_ascii_digit()) && rest.contains(':'))
        .then(|| time_of_day(Some(date)))
}

/// `2025-2028`: a period in one string.
fn two_years(text: &str) -> Option<DateError> {
    let (start, end) = text.split_once(['-', '\u{2013}', '\u{2014}', '/'])?;
    let year = |text: &str| -> Option<i64> {
        let text = text.trim();
        (text.len() == 4).then(|| text.parse().ok()).flatten()
    };
    let (start, end) = (year(start)?, year(end)?);
    Some(error(
        format!("\"{}\" is two dates", text.trim()),
        format!("Write a period as {{ start = {start}, end = {end} }}."),
    ))
}

/// `6/9/2025`: June in one country, September in the next.
fn ambiguous(text: &str) -> Option<DateError> {
    let numbers = numbers(text)?;
    let [first, second, year @ 1000..=9999] = numbers[..] else {
        return None;
    };
    let (american, other) = (
        Date::of(year, first, Some(second))?,
        Date::of(year, second, Some(first))?,
    );
    if american == other {
        return None;
    }
    Some(error(
        format!("\"{}\" can be read in two ways", text.trim()),
        format!(
            "Write the year, the month and the day, in this order: \"{american}\" ({}) or \
             \"{other}\" ({}).",
            in_english(&american),
            in_english(&other)
        ),
    ))
}

/// What `text` can only have meant.
fn suggestion(text: &str) -> Option<Date> {
    if let Some(date) = exact(text.trim()) {
        return Some(date);
    }
    match numbers(text).as_deref() {
        Some([year @ 1000..=9999, month]) | Some([month, year @ 1000..=9999]) => {
            return Date::of(*year, *month, None);
        }
        Some([year @ 1000..=9999, month, day]) => return Date::of(*year, *month, Some(*day)),
        Some([a, b, year @ 1000..=9999]) => {
            return Date::of(*year, *a, Some(*b)).or_else(|| Date::of(*year, *b, Some(*a)));
        }
        _ => {}
    }
    named_month(text)
}

/// `June 2025`, `June 9, 2025`, `9 June 2025`, with the month's name whole or cut short.
fn named_month(text: &str) -> Option<Date> {
    let (mut month, mut year, mut day) = (None, None, None);
    for word in text
        .split([' ', ',', '.', '-', '\u{a0}'])
        .filter(|word| !word.is_empty())
    {
        let lower = word.to_lowercase();
        let digits = lower.trim_end_matches(|c: char| c.is_alphabetic());
        let slot = match digits.parse::<u16>() {
            Ok(number @ 1000..=9999) => (&mut year, number),
            Ok(number @ 1..=31) => (&mut day, number),
            Ok(_) => return None,
            Err(_) if matches!(lower.as_str(), "of" | "the") => continue,
            Err(_) => {
                let is_named = |name: &str| {
                    lower.len() >= 3 && name.to_lowercase().starts_with(lower.as_str())
                };
                let at = MONTHS.iter().position(|name| is_named(name))?;
                (&mut month, u16::try_from(at + 1).ok()?)
            }
        };
        if slot.0.replace(slot.1).is_some() {
            return None;
        }
    }
    Date::of(year?, month?, day)
}

/// The numbers of a text that has nothing else but the usual signs between them.
fn numbers(text: &str) -> Option<Vec<u16>> {
    text.trim()
        .split([
            '/', '.', '-', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', ' ',
        ])
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().ok())
        .collect()
}

/// Reads the three forms without a word about anything else.
fn exact(text: &str) -> Option<Date> {
    let (year, month, day) = parts(text)?;
    Date::from_parts(year, month, day).ok()
}

fn in_english(date: &Date) -> String {
    let (_, month, day) = date.first_day();
    format!("{} {day}", MONTHS[usize::from(month - 1)])
}

impl Date {
    fn of(year: u16, month: u16, day: Option<u16>) -> Option<Self> {
        let day = match day {
            Some(day) => Some(u8::try_from(day).ok()?),
            None => None,
        };
        Self::from_parts(i64::from(year), Some(u8::try_from(month).ok()?), day).ok()
    }
}
