//! `plans.json`: the list of the plans for other programs.
//!
//! In: the cards of all plans. Out: JSON whose every key is always there, `null` where a plan has
//! nothing to say. Addresses are absolute where a host is known, else relative to the file.

use serde_json::{Value, json};

use super::card::Card;
use super::home_page::{in_order, stage_name};
use super::route::{OutputPath, Route};
use super::{Relations, Site};

/// Its name.
pub const FILE: &str = "plans.json";

/// The list, in the order of the home page.
pub fn plan_list(site: &Site, cards: &[Card], relations: &Relations) -> Value {
    let plans = in_order(site, cards, relations).into_iter();
    json!({
        "title": site.config.title,
        "url": site.outside().to_page(&Route::home()),
        "language": site.config.language.as_str(),
        "plans": plans.map(|card| plan(site, cards, relations, card)).collect::<Vec<_>>(),
    })
}

fn plan(site: &Site, cards: &[Card], relations: &Relations, card: &Card) -> Value {
    let stand = site.outside();
    let route = |plan: usize| &site.content.plans[plan].route;
    let named =
        |plan: usize| json!({ "title": cards[plan].title, "url": stand.to_page(route(plan)) });
    let elsewhere = card.predecessor_elsewhere.as_ref();
    let data = OutputPath::new(format!("{}/plan.json", route(card.plan).as_str()));
    json!({
        "title": card.title,
        "subtitle": card.subtitle,
        "url": stand.to_page(route(card.plan)),
        "data": data.map(|file| stand.to_file(&file)),
        "language": card.language.as_str(),
        "stage": stage_name(card, relations),
        "status": card.status.as_ref().map(|status| status.value),
        "period": card.period.as_ref().map(|period| json!({
            "start": period.start.map(|date| date.iso()),
            "end": period.end.map(|date| date.iso()),
        })),
        "organization": card.organization.as_deref().map(|organization| json!({
            "name": organization.name,
            "acronym": organization.acronym,
            "url": organization.url,
        })),
        "supersedes": relations.predecessors[card.plan].map(named).or_else(|| {
            elsewhere.map(|other| (&other.0, &other.1)).map(|(title, url)| json!({ "title": title, "url": url }))
        }),
        "superseded_by": relations.successors[card.plan].map(named),
    })
}
