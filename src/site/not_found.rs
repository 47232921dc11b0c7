//! `404.html`: what a web server shows at an address where nothing is.
//!
//! Nobody knows beforehand at which address that will be, so it names everything from the root of
//! the host.

use super::Site;
use super::card::Card;
use super::context::*;
use super::home_page::in_order;
use super::listing::{Listing, stage_name};
use super::relations::Relations;
use super::route::OutputPath;
use super::stand::{Reach, Stand};
use super::wording::pick;

/// More plans than these are easier found on the home page.
const MOST: usize = 12;

/// The context of `404.html`, which stands in `file`.
pub fn not_found(
    site: &Site,
    cards: &[Card],
    relations: &Relations,
    file: &OutputPath,
) -> NotFoundPage {
    let stand = Stand::of(file, Reach::FromRoot(&site.config.base_url));
    let language = &site.config.language;
    let words = site.words(language.as_str());
    let mut plans = in_order(site, cards, relations);
    // Whoever looks for an earlier one finds it on the home page, or through its successor.
    plans.retain(|card| stage_name(card, relations) != "earlier");
    if plans.len() > MOST {
        plans.clear();
    }
    let of_whom = site.config.organization.as_ref();
    let of_whom = of_whom.map_or(&site.config.title, |organization| &organization.name);
    let page = PageInfo {
        kind: "not-found",
        title: format!("{} | {of_whom}", pick(&words.words, "not_found").text),
        language: language.to_string(),
        direction: language.direction(),
        noindex: true,
        ..PageInfo::default()
    };
    let mut listing = Listing::new(site, &stand);
    let plan = |card| HomePlan {
        description: None,
        ..listing.entry(card)
    };
    NotFoundPage {
        not_found: NotFoundInfo {
            plans: plans.into_iter().map(plan).collect(),
        },
        common: site.common(page, &stand),
    }
}
