//! `sitemap.xml`: the addresses that search engines may show, by the protocol of sitemaps.org.
//!
//! In: the cards of all plans. Out: the contexts of the template `sitemap.xml`. Addresses are
//! absolute, so a site without a host has none. A page is in it at its canonical address alone,
//! and not where its plan asks search engines to leave it out.

use serde::Serialize;

use super::card::Card;
use super::route::{OutputPath, Route};
use super::{Relations, Site};

/// How many addresses a file may hold; where there are more, `sitemap.xml` lists the files. The
/// other limit, 50 MB, would take addresses of a thousand characters.
const LIMIT: usize = 50_000;

/// Its name.
pub const FILE: &str = "sitemap.xml";

/// One of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SitemapFile {
    /// All addresses.
    Whole,
    /// The list of the parts, of which there are so many.
    Index(usize),
    /// A part of the addresses, counted from 1.
    Part(usize),
}

/// The context of `sitemap.xml`.
#[derive(Clone, Debug, Serialize)]
pub struct SitemapPage {
    pub sitemap: SitemapInfo,
}

/// Either parts or pages.
#[derive(Clone, Debug, Serialize)]
pub struct SitemapInfo {
    /// The absolute addresses of the parts, where the pages are too many for one file.
    pub parts: Vec<String>,
    pub pages: Vec<SitemapEntry>,
}

/// A page that search engines may show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SitemapEntry {
    /// The page's absolute address.
    pub address: String,
    /// `2006-06-30`: the day on which something last happened to the plan, where it is known.
    pub modified: Option<String>,
}

/// The names of the files that a site has; none where there is nothing to list.
pub fn files(site: &Site, cards: &[Card], relations: &Relations) -> Vec<(String, SitemapFile)> {
    let parts = listed(site, cards).count() + usize::from(has_home(cards, relations));
    match parts.div_ceil(LIMIT) {
        _ if !site.config.base_url.has_host() => Vec::new(),
        0 => Vec::new(),
        1 => vec![(FILE.to_owned(), SitemapFile::Whole)],
        parts => std::iter::once((FILE.to_owned(), SitemapFile::Index(parts)))
            .chain((1..=parts).map(|part| (name(part), SitemapFile::Part(part))))
            .collect(),
    }
}

/// The context of one of them.
pub fn sitemap(
    site: &Site,
    cards: &[Card],
    relations: &Relations,
    file: SitemapFile,
) -> SitemapPage {
    let stand = site.outside();
    let parts = match file {
        SitemapFile::Index(parts) => (1..=parts)
            .filter_map(|part| Some(stand.to_file(&OutputPath::new(name(part))?)))
            .collect(),
        _ => Vec::new(),
    };
    let (skip, take) = match file {
        SitemapFile::Whole => (0, LIMIT),
        SitemapFile::Index(_) => (0, 0),
        SitemapFile::Part(part) => (LIMIT * (part - 1), LIMIT),
    };
    let home = has_home(cards, relations).then(|| SitemapEntry {
        address: stand.to_page(&Route::home()),
        modified: None,
    });
    let plans = listed(site, cards).map(|card| SitemapEntry {
        address: stand.to_page(&site.content.plans[card.plan].route),
        modified: modified(card),
    });
    SitemapPage {
        sitemap: SitemapInfo {
            parts,
            pages: home
                .into_iter()
                .chain(plans)
                .skip(skip)
                .take(take)
                .collect(),
        },
    }
}

fn name(part: usize) -> String {
    format!("sitemap-{part}.xml")
}

/// True where the home page is one of its own. A plan that is shown there is listed at its own
/// address.
fn has_home(cards: &[Card], relations: &Relations) -> bool {
    relations.home.is_none() && !cards.is_empty()
}

fn listed<'c>(site: &Site, cards: &'c [Card]) -> impl Iterator<Item = &'c Card> {
    cards
        .iter()
        .filter(|card| site.shows(card) && !card.faulty && card.search)
}

/// The day of what happened last. A month or a year is no date that the protocol's schema takes,
/// and a day in it would be made up.
fn modified(card: &Card) -> Option<String> {
    let dates = card.events.iter().map(|event| event.date);
    let last = dates.max_by_key(|date| (date.last_day(), date.is_a_day()))?;
    last.is_a_day().then(|| last.iso())
}
