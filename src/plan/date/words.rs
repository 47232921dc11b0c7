//! Dates in words, by Unicode's tables (CLDR): the same words on every machine.

use std::cell::OnceCell;

use icu_calendar::Gregorian;
use icu_datetime::fieldsets::{Y, YM, YMD};
use icu_datetime::{DateTimeFormatterLoadError, FixedCalendarDateTimeFormatter};

use super::{Date, Rest};
use crate::plan::language::Language;

/// Puts dates into the words of one language. Made once per page: the first date of each kind
/// costs far more than those after it.
pub struct DateFormatter {
    language: Language,
    year: Slot<Y>,
    month: Slot<YM>,
    day: Slot<YMD>,
}

/// The calendar is fixed: a plan of 2025 is not one of 2568 because Thai is written in another.
type Formatter<F> = FixedCalendarDateTimeFormatter<Gregorian, F>;
/// `None` where there are no words for the language.
type Slot<F> = OnceCell<Option<Formatter<F>>>;

impl DateFormatter {
    /// Words of `language`, or of the more general language that there are words for.
    pub fn new(language: &Language) -> Self {
        Self {
            language: language.clone(),
            year: OnceCell::new(),
            month: OnceCell::new(),
            day: OnceCell::new(),
        }
    }

    /// `date` in words, such as "June 9, 2025", "June 2025" or "2025". Digits in ISO order where
    /// nothing is known about the language.
    pub fn words(&self, date: &Date) -> String {
        let (year, month, day) = date.first_day();
        let words = icu_calendar::Date::try_new_gregorian(i32::from(year), month, day)
            .ok()
            .and_then(|first| {
                let preferences = || self.language.locale().into();
                match date.rest {
                    Rest::Year => load(&self.year, || Formatter::try_new(preferences(), Y::long()))
                        .map(|formatter| formatter.format(&first).to_string()),
                    Rest::Month(_) => load(&self.month, || {
                        Formatter::try_new(preferences(), YM::long())
                    })
                    .map(|formatter| formatter.format(&first).to_string()),
                    Rest::Day(..) => {
                        load(&self.day, || Formatter::try_new(preferences(), YMD::long()))
                            .map(|formatter| formatter.format(&first).to_string())
                    }
                }
            });
        // For a language without names of months the tables say "M06", which nobody reads.
        let nameless = format!("M{month:02}");
        words
            .filter(|words| !words.contains(&nameless))
            .unwrap_or_else(|| date.iso())
    }
}

fn load<F: icu_datetime::scaffold::DateTimeNamesMarker>(
    slot: &Slot<F>,
    make: impl FnOnce() -> Result<Formatter<F>, DateTimeFormatterLoadError>,
) -> Option<&Formatter<F>> {
    slot.get_or_init(|| make().ok()).as_ref()
}
