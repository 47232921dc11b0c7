//! The home page of a site that lists its plans: by association where there are several, the plan
//! in force first, then drafts, then earlier ones.

use std::collections::HashMap;

use super::Site;
use super::card::Card;
use super::context::*;
use super::listing::{Listing, stage};
use super::plan_page::organization_info;
use super::relations::Relations;
use super::route::Route;
use super::stand::Stand;
use super::{feed, linked_data, open_graph};
use crate::plan::model::Organization;

/// About as many characters as a search engine shows of a page's description.
const DESCRIPTION: usize = 155;

/// The context of the home page from the cards of all plans.
pub fn home_page(site: &Site, cards: &[Card], relations: &Relations) -> HomePage {
    let page = Route::home();
    let stand = site.stand(&page);
    let language = &site.config.language;
    let shown = in_order(site, cards, relations);
    let canonical = site.config.base_url.page(&page);
    HomePage {
        home: HomeInfo {
            title: site.config.title.clone(),
            groups: by_association(site, &shown, relations, &stand),
        },
        common: site.common(
            PageInfo {
                kind: "home",
                title: home_title(site),
                language: language.to_string(),
                direction: language.direction(),
                description: description(&shown),
                noindex: false,
                open_graph: Some(open_graph::of_home(site)),
                json_ld: Some(linked_data::of_home(site, canonical.as_deref())),
                feed: feed::on_home_page(site, cards, &stand),
                canonical,
            },
            &stand,
        ),
    }
}

/// The plans that are shown: by where they stand, the latest first.
pub(super) fn in_order<'c>(site: &Site, cards: &'c [Card], relations: &Relations) -> Vec<&'c Card> {
    // A plan with errors may lack what would be said of it; nothing is published then.
    let mut shown: Vec<&Card> = cards
        .iter()
        .filter(|card| site.shows(card) && !card.faulty)
        .collect();
    shown.sort_by_cached_key(|card| {
        let start = card
            .period
            .as_ref()
            .and_then(|period| period.start.or(period.end))
            .map(|date| date.first_day());
        (
            stage(card, relations),
            std::cmp::Reverse(start),
            &*card.title,
            card.plan,
        )
    });
    shown
}

fn home_title(site: &Site) -> String {
    match &site.config.organization {
        Some(organization) if !site.config.title.contains(&organization.name) => {
            format!("{} | {}", site.config.title, organization.name)
        }
        _ => site.config.title.clone(),
    }
}

/// What the site holds, for search engines: the titles of its plans, as many as they show.
fn description(shown: &[&Card]) -> Option<String> {
    let mut text = String::new();
    for card in shown {
        if !text.is_empty() && text.chars().count() + card.title.chars().count() > DESCRIPTION {
            break;
        }
        if !text.is_empty() {
            text.push_str("; ");
        }
        text.push_str(&card.title);
    }
    (!text.is_empty()).then_some(text)
}

/// The plans of each association together; the association of the site itself first, the others
/// in the order of their names.
fn by_association<'c>(
    site: &'c Site<'c>,
    shown: &[&'c Card],
    relations: &Relations,
    stand: &'c Stand<'c>,
) -> Vec<Valued<HomeGroup>> {
    let mut associations: Vec<(Option<&Organization>, Vec<&Card>)> = Vec::new();
    let mut places: HashMap<Option<&str>, usize> = HashMap::new();
    for card in shown {
        let organization = card.organization.as_deref();
        let place = *places.entry(name(organization)).or_insert_with(|| {
            associations.push((organization, Vec::new()));
            associations.len() - 1
        });
        associations[place].1.push(card);
    }
    let own = name(site.config.organization.as_ref());
    associations.sort_by_key(|(organization, _)| {
        let name = name(*organization);
        (name != own, name.is_none(), name)
    });
    let several = associations.len() > 1;
    let mut listing = match several {
        true => Listing::of_one(site, stand),
        false => Listing::new(site, stand),
    };
    associations
        .into_iter()
        .map(|(organization, plans)| HomeGroup {
            organization: organization.filter(|_| several).map(organization_info),
            stages: listing.stages(&plans, relations),
        })
        .map(Valued::from)
        .collect()
}

fn name(organization: Option<&Organization>) -> Option<&str> {
    organization.map(|organization| organization.name.as_str())
}
