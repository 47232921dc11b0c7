//! The theme's words in the languages of the plans, each made once, and what is said in them of
//! many plans: statuses and periods.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use super::context::{DateWords, Named, NavigationEntry, PartInfo, Period, Phrase, Shared, Terms};
use super::route::fragment;
use crate::plan::anchors::RESERVED;
use crate::plan::date::{Date, DateFormatter};
use crate::plan::model;
use crate::theme::{Theme, Words};

/// Words by language tag.
#[derive(Default)]
pub struct Wordings {
    known: Mutex<HashMap<String, Arc<Wording>>>,
}

/// The theme's words in one language.
pub struct Wording {
    pub words: Arc<Words>,
    /// What a plan without terms of its own calls things.
    called: Called,
    statuses: BTreeMap<String, Shared<Named>>,
    /// From one year to another: there are few of these, however many plans there are.
    years: Mutex<HashMap<[Option<Date>; 2], Shared<Period>>>,
}

/// What a plan calls things, and with that the parts of its page.
#[derive(Clone)]
pub struct Called {
    pub terms: Terms,
    parts: Arc<BTreeMap<&'static str, Part>>,
}

/// A part of a page: its heading, and the line of the contents box that leads there.
pub struct Part {
    pub heading: Shared<PartInfo>,
    pub entry: Shared<NavigationEntry>,
}

impl Wordings {
    /// The theme's words in a language.
    pub fn of(&self, theme: &Theme, language: &str) -> Arc<Wording> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(wording) = known.get(language) {
            return wording.clone();
        }
        let wording = Arc::new(Wording::new(theme.words(language)));
        known.insert(language.to_owned(), wording.clone());
        wording
    }
}

impl Wording {
    fn new(words: Words) -> Self {
        let status = |(id, label): (&String, &Phrase)| {
            let (id, label) = (id.clone(), label.clone());
            (id.clone(), Named { id, label }.into())
        };
        Self {
            called: Called::new(&[], &words),
            statuses: words.status.iter().map(status).collect(),
            words: Arc::new(words),
            years: Mutex::default(),
        }
    }

    /// What a plan calls things: its own terms over the theme's.
    pub fn called(&self, own: &[(&'static str, String)]) -> Called {
        match own {
            [] => self.called.clone(),
            own => Called::new(own, &self.words),
        }
    }

    /// A status. A name that the theme lacks stands for itself.
    pub fn status(&self, status: &str) -> Shared<Named> {
        self.statuses.get(status).cloned().unwrap_or_else(|| {
            let named = Named {
                id: status.to_owned(),
                label: pick(&self.words.status, status),
            };
            named.into()
        })
    }

    /// A period in words. `dates` speaks the same language.
    pub fn period(&self, dates: &DateFormatter, period: &model::Period) -> Shared<Period> {
        let ends = [period.start, period.end];
        let words = |end: Option<Date>| end.map(|date| date_words(dates, &date));
        let made = || {
            let [start, end] = ends.map(words);
            Period { start, end }.into()
        };
        if !ends.iter().flatten().all(Date::is_year) {
            return made();
        }
        let mut known = self.years.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(ends).or_insert_with(made).clone()
    }
}

impl Called {
    fn new(own: &[(&'static str, String)], words: &Words) -> Self {
        let terms = terms(own, words);
        let part = |id: &&'static str| {
            let text = term(&terms, id);
            let entry = NavigationEntry {
                href: fragment(id),
                text: text.clone(),
                children: Vec::new(),
            };
            let heading = PartInfo {
                id: (*id).to_owned(),
                heading: text,
            };
            let (heading, entry) = (heading.into(), entry.into());
            (*id, Part { heading, entry })
        };
        Self {
            // Some of these are places on a page and no parts; nobody asks for them.
            parts: Arc::new(RESERVED.iter().map(part).collect()),
            terms,
        }
    }

    /// A part, by the anchor that it has on every page.
    pub fn part(&self, id: &str) -> Option<&Part> {
        self.parts.get(id)
    }
}

/// A date in the words of one language.
pub fn date_words(dates: &DateFormatter, date: &Date) -> DateWords {
    DateWords {
        datetime: date.iso(),
        text: dates.words(date),
    }
}

/// The words of a table by the name of an entry. A name that the theme lacks stands for itself.
pub fn pick(table: &BTreeMap<String, Phrase>, name: &str) -> Phrase {
    table.get(name).cloned().unwrap_or_else(|| Phrase {
        text: name.to_owned(),
        lang: None,
    })
}

/// What the plan calls a thing. A name that the theme lacks stands for itself.
fn term(terms: &Terms, name: &str) -> Shared<Phrase> {
    terms.get(name).cloned().unwrap_or_else(|| {
        let text = name.to_owned();
        Phrase { text, lang: None }.into()
    })
}

/// What the plan calls things: its own terms over the theme's, with the terms that stand in
/// braces inside others put in (`{objectives} per {domain}: List View`).
fn terms(own: &[(&'static str, String)], words: &Words) -> Terms {
    let mut terms = words.terms.clone();
    for (name, text) in own {
        terms.insert(
            (*name).to_owned(),
            Phrase {
                text: text.clone(),
                lang: None,
            },
        );
    }
    let plain = terms.clone();
    for phrase in terms
        .values_mut()
        .filter(|phrase| phrase.text.contains('{'))
    {
        for (name, other) in &plain {
            let place = format!("{{{name}}}");
            if phrase.text.contains(&place) && !other.text.contains('{') {
                phrase.text = phrase.text.replace(&place, &other.text);
            }
        }
    }
    let shared = terms.into_iter().map(|(name, term)| (name, term.into()));
    shared.collect::<BTreeMap<_, _>>().into()
}
