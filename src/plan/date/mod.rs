//! Dates as plans have them: a year, a month or a day.
//!
//! In: a TOML integer, string or date. Out: a [`Date`], which exists in the Gregorian calendar,
//! or a [`DateError`] that says what to write instead. May not know what day it is today.

mod hints;
mod words;

use std::fmt;
use std::str::FromStr;

pub use words::DateFormatter;

use super::language::Language;

/// A year, a month or a day. It means its whole span: `2006` lasts from January 1 to December 31.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    year: u16,
    rest: Rest,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Rest {
    Year,
    Month(u8),
    Day(u8, u8),
}

/// Why something is no date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateError {
    /// What is wrong, one sentence without a closing period.
    pub message: String,
    /// What to write, a sentence.
    pub help: String,
}

impl Date {
    /// A whole year, written as a number of four digits.
    ///
    /// # Errors
    ///
    /// Where the number is no such year.
    pub fn from_year(year: i64) -> Result<Self, DateError> {
        match u16::try_from(year) {
            Ok(year @ 1000..=9999) => Ok(Self {
                year,
                rest: Rest::Year,
            }),
            _ => Err(hints::no_year(year)),
        }
    }

    /// True for a whole year.
    pub fn is_year(&self) -> bool {
        self.rest == Rest::Year
    }

    /// A date that TOML itself knows, such as `2025-06-09` without quotes.
    ///
    /// # Errors
    ///
    /// Where it has a time of day, or no such day exists.
    pub fn from_toml(value: &toml::value::Datetime) -> Result<Self, DateError> {
        match value.date {
            Some(date) if value.time.is_none() && value.offset.is_none() => {
                Self::from_parts(i64::from(date.year), Some(date.month), Some(date.day))
            }
            date => Err(hints::time_of_day(
                date.map(|date| date.to_string()).as_deref(),
            )),
        }
    }

    fn from_parts(year: i64, month: Option<u8>, day: Option<u8>) -> Result<Self, DateError> {
        let mut date = Self::from_year(year)?;
        if let Some(month) = month {
            if !(1..=12).contains(&month) {
                return Err(hints::no_month(date.year, month));
            }
            date.rest = Rest::Month(month);
            if let Some(day) = day {
                if !(1..=days_in(date.year, month)).contains(&day) {
                    return Err(hints::no_day(date.year, month, day));
                }
                date.rest = Rest::Day(month, day);
            }
        }
        Ok(date)
    }

    /// The first day of its span as year, month and day, which compare in the order of time.
    pub fn first_day(&self) -> (u16, u8, u8) {
        match self.rest {
            Rest::Year => (self.year, 1, 1),
            Rest::Month(month) => (self.year, month, 1),
            Rest::Day(month, day) => (self.year, month, day),
        }
    }

    /// The last day of its span as year, month and day, which compare in the order of time.
    pub fn last_day(&self) -> (u16, u8, u8) {
        match self.rest {
            Rest::Year => (self.year, 12, 31),
            Rest::Month(month) => (self.year, month, days_in(self.year, month)),
            Rest::Day(month, day) => (self.year, month, day),
        }
    }

    /// True where the very day is known.
    pub fn is_a_day(&self) -> bool {
        matches!(self.rest, Rest::Day(..))
    }

    /// The year, 1000 to 9999.
    pub fn year(&self) -> u16 {
        self.year
    }

    /// ISO 8601 with as much as is known: `2006`, `2006-06` or `2006-06-09`, as `<time datetime>`
    /// wants it.
    pub fn iso(&self) -> String {
        match self.rest {
            Rest::Year => format!("{:04}", self.year),
            Rest::Month(month) => format!("{:04}-{month:02}", self.year),
            Rest::Day(month, day) => format!("{:04}-{month:02}-{day:02}", self.year),
        }
    }

    /// The date in words: "June 9, 2025". For more than one date, keep a [`DateFormatter`].
    pub fn words(&self, language: &Language) -> String {
        DateFormatter::new(language).words(self)
    }
}

/// True where a period from `start` to `end` runs backwards: the last day of its end comes before
/// the first day of its start. 2006 to June 2006 does not.
pub fn ends_before_it_starts(start: &Date, end: &Date) -> bool {
    end.last_day() < start.first_day()
}

impl FromStr for Date {
    type Err = DateError;

    /// Reads `2006`, `2006-06` and `2006-06-09`, and nothing else.
    fn from_str(text: &str) -> Result<Self, DateError> {
        match parts(text) {
            Some((year, month, day)) => Self::from_parts(year, month, day),
            None => Err(hints::no_date(text)),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iso())
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}. {}", self.message, self.help)
    }
}

impl std::error::Error for DateError {}

/// The numbers of a date in one of the three forms; whether it exists is another question.
fn parts(text: &str) -> Option<(i64, Option<u8>, Option<u8>)> {
    let number = |digits: usize, part: &str| {
        let is_number = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| part.parse::<u16>().ok()).flatten()
    };
    let mut rest = text.split('-');
    let year = number(4, rest.next()?)?;
    let mut short = || match rest.next() {
        Some(part) => number(2, part).and_then(|n| u8::try_from(n).ok()).map(Some),
        None => Some(None),
    };
    let (month, day) = (short()?, short()?);
    rest.next().is_none().then_some((year.into(), month, day))
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}
