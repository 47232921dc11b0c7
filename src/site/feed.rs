//! `feed.xml`: what happened to the plans, newest first, as an Atom feed (RFC 4287).
//!
//! In: the cards of all plans. Out: the context of the template `feed.xml`. What is only planned
//! is left out. Entries are named by addresses that must be absolute, so a site without a host
//! has no feed, and neither has one to whose plans nothing has happened.

use std::cmp::Reverse;
use std::collections::HashMap;

use serde::Serialize;

use super::Site;
use super::card::{Card, Happened};
use super::context::{DateWords, Named, Phrase};
use super::route::OutputPath;
use super::stand::Stand;
use super::wording::{date_words, pick};
use crate::plan::date::{Date, DateFormatter};

/// Its name.
pub const FILE: &str = "feed.xml";

/// How many entries it holds: a reader that asks rarely finds nothing missing, and the file stays
/// small.
const ENTRIES: usize = 100;

/// The context of `feed.xml`.
#[derive(Clone, Debug, Serialize)]
pub struct FeedPage {
    pub feed: FeedInfo,
}

/// The feed.
#[derive(Clone, Debug, Serialize)]
pub struct FeedInfo {
    pub title: String,
    /// BCP 47.
    pub language: String,
    /// Its own absolute address, which is its name too.
    pub address: String,
    /// The absolute address of the home page.
    pub home: String,
    /// As of the newest entry.
    pub updated: String,
    /// Newest first.
    pub entries: Vec<FeedEntry>,
}

/// Something that happened to a plan.
#[derive(Clone, Debug, Serialize)]
pub struct FeedEntry {
    /// A name that stays the same when other things happen.
    pub id: String,
    pub event: Named,
    /// The plan's title.
    pub plan: String,
    /// The plan's language, in which the whole entry is.
    pub language: String,
    /// The absolute address of the history on the plan's page.
    pub href: String,
    /// RFC 3339: the beginning of the day, month or year.
    pub updated: String,
    /// The date as far as it is known.
    pub date: DateWords,
    /// Which body did it, else whose plan it is.
    pub author: String,
    pub details: Vec<FeedDetail>,
}

/// Something more about an entry.
#[derive(Clone, Debug, Serialize)]
pub struct FeedDetail {
    /// "Place"
    pub label: Phrase,
    pub text: String,
}

/// True where the site has a feed.
pub fn is_there(site: &Site, cards: &[Card]) -> bool {
    site.config.base_url.has_host() && shown(site, cards).any(|card| !card.events.is_empty())
}

/// The address of the feed from the home page.
pub fn on_home_page(site: &Site, cards: &[Card], stand: &Stand) -> Option<String> {
    let file = OutputPath::new(FILE)?;
    is_there(site, cards).then(|| stand.to_file(&file))
}

/// True where there is a feed whatever other plans say, since something has happened to this one,
/// which is shown.
pub fn is_certain(site: &Site, card: &Card) -> bool {
    site.config.base_url.has_host() && card.publish && !card.events.is_empty()
}

/// The address of the feed from the page of a plan that has a share in it.
pub fn on_plan_page(site: &Site, card: &Card, stand: &Stand) -> Option<String> {
    let file = OutputPath::new(FILE)?;
    is_certain(site, card).then(|| stand.to_file(&file))
}

/// The context of the feed.
pub fn feed(site: &Site, cards: &[Card]) -> FeedPage {
    let home = super::route::Route::home();
    let stand = site.outside();
    let mut happened: Vec<(&Card, usize)> = shown(site, cards)
        .flat_map(|card| (0..card.events.len()).map(move |at| (card, at)))
        .collect();
    // What a file tells later happened later, where the dates are the same.
    happened.sort_by_key(|(card, at)| {
        let date = card.events[*at].date;
        (Reverse(date.first_day()), card.plan, Reverse(*at))
    });
    happened.truncate(ENTRIES);
    let mut dates: HashMap<&str, DateFormatter> = HashMap::new();
    let entries: Vec<FeedEntry> = happened
        .into_iter()
        .map(|(card, at)| {
            let dates = dates
                .entry(card.language.as_str())
                .or_insert_with(|| DateFormatter::new(&card.language));
            entry(site, &stand, card, at, dates)
        })
        .collect();
    FeedPage {
        feed: FeedInfo {
            title: site.config.title.clone(),
            language: site.config.language.to_string(),
            address: OutputPath::new(FILE)
                .map(|file| stand.to_file(&file))
                .unwrap_or_default(),
            home: stand.to_page(&home),
            updated: entries
                .first()
                .map(|entry| entry.updated.clone())
                .unwrap_or_default(),
            entries,
        },
    }
}

fn shown<'c>(site: &Site, cards: &'c [Card]) -> impl Iterator<Item = &'c Card> {
    cards.iter().filter(|card| site.shows(card) && !card.faulty)
}

fn entry(site: &Site, stand: &Stand, card: &Card, at: usize, dates: &DateFormatter) -> FeedEntry {
    let event = &card.events[at];
    let page = stand.to_page(&site.content.plans[card.plan].route);
    let words = site.words(card.language.as_str());
    let organization = card.organization.as_deref();
    FeedEntry {
        id: format!("{page}#{}", name(&card.events, at)),
        event: Named {
            id: event.event.to_owned(),
            label: pick(&words.events, event.event),
        },
        plan: card.title.to_string(),
        language: card.language.to_string(),
        href: format!("{page}#history"),
        updated: beginning(&event.date),
        date: date_words(dates, &event.date),
        author: event
            .detail("by")
            .or_else(|| organization.map(|organization| organization.name.as_str()))
            .unwrap_or(&site.config.title)
            .to_owned(),
        details: ["place", "document", "vote", "note"]
            .into_iter()
            .filter_map(|label| {
                Some(FeedDetail {
                    label: pick(&words.words, label),
                    text: event.detail(label)?.to_owned(),
                })
            })
            .collect(),
    }
}

/// `adopted-2006-06`, whatever stands before and after it; the second of two that are the same is
/// `adopted-2006-06-again-2`, which no date can end in.
fn name(events: &[Happened], at: usize) -> String {
    let event = &events[at];
    let same = |other: &&Happened| other.event == event.event && other.date == event.date;
    let name = format!("{}-{}", event.event, event.date.iso());
    match events[..=at].iter().filter(same).count() {
        1 => name,
        count => format!("{name}-again-{count}"),
    }
}

/// A moment, as RFC 4287 wants one (3.3): the first of the date, by universal time.
fn beginning(date: &Date) -> String {
    let (year, month, day) = date.first_day();
    format!("{year:04}-{month:02}-{day:02}T00:00:00Z")
}
