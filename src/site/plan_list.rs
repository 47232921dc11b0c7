//! `plans.json`: the list of the plans for other programs.
//!
//! In: the cards of all plans. Out: JSON whose every key is always there, `null` where a plan has
//! nothing to say. Addresses are absolute where a host is known, else relative to the file. Each
//! entry is made while it is written, so that thousands of them take no room.

use serde::{Serialize, Serializer};

use super::card::Card;
use super::home_page::in_order;
use super::listing::stage_name;
use super::route::{OutputPath, Route};
use super::stand::Stand;
use super::{Relations, Site};
use crate::plan::date::Date;
use crate::plan::model::{Organization, Period};

/// Its name.
pub const FILE: &str = "plans.json";

/// What the file holds.
#[derive(Serialize)]
pub struct PlanList<'c> {
    title: &'c str,
    url: String,
    language: &'c str,
    plans: Plans<'c>,
}

/// The plans, in the order of the home page.
struct Plans<'c> {
    site: &'c Site<'c>,
    stand: Stand<'c>,
    relations: &'c Relations,
    cards: &'c [Card],
    shown: Vec<&'c Card>,
}

#[derive(Serialize)]
struct Entry<'c> {
    title: &'c str,
    subtitle: Option<&'c str>,
    url: String,
    data: Option<String>,
    language: &'c str,
    stage: &'c str,
    status: Option<&'c str>,
    period: Option<Ends>,
    organization: Option<Association<'c>>,
    supersedes: Option<Named<'c>>,
    superseded_by: Option<Named<'c>>,
}

#[derive(Serialize)]
struct Ends {
    start: Option<String>,
    end: Option<String>,
}

#[derive(Serialize)]
struct Association<'c> {
    name: &'c str,
    acronym: Option<&'c str>,
    url: Option<&'c str>,
}

#[derive(Serialize)]
struct Named<'c> {
    title: &'c str,
    url: String,
}

/// The list, in the order of the home page.
pub fn plan_list<'c>(
    site: &'c Site<'c>,
    cards: &'c [Card],
    relations: &'c Relations,
) -> PlanList<'c> {
    let stand = site.outside();
    PlanList {
        title: &site.config.title,
        url: stand.to_page(&Route::home()),
        language: site.config.language.as_str(),
        plans: Plans {
            shown: in_order(site, cards, relations),
            site,
            stand,
            relations,
            cards,
        },
    }
}

impl Serialize for Plans<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.shown.iter().map(|card| self.entry(card)))
    }
}

impl<'c> Plans<'c> {
    fn entry(&self, card: &'c Card) -> Entry<'c> {
        let route = &self.site.content.plans[card.plan].route;
        let data = OutputPath::new(format!("{}/plan.json", route.as_str()));
        let elsewhere = card.rare.predecessor_elsewhere.as_ref();
        Entry {
            title: &card.title,
            subtitle: card.rare.subtitle.as_deref(),
            url: self.stand.to_page(route),
            data: data.map(|file| self.stand.to_file(&file)),
            language: card.language.as_str(),
            stage: stage_name(card, self.relations),
            status: card.status.as_ref().map(|status| status.value),
            period: card.period.as_ref().map(ends),
            organization: card.organization.as_deref().map(association),
            supersedes: self
                .relations
                .predecessors
                .get(&card.plan)
                .map(|plan| self.named(*plan))
                .or_else(|| {
                    elsewhere.map(|other| Named {
                        title: &other.0,
                        url: other.1.clone(),
                    })
                }),
            superseded_by: self
                .relations
                .successors
                .get(&card.plan)
                .map(|plan| self.named(*plan)),
        }
    }

    fn named(&self, plan: usize) -> Named<'c> {
        Named {
            title: &self.cards[plan].title,
            url: self.stand.to_page(&self.site.content.plans[plan].route),
        }
    }
}

fn ends(period: &Period) -> Ends {
    Ends {
        start: period.start.as_ref().map(Date::iso),
        end: period.end.as_ref().map(Date::iso),
    }
}

fn association(organization: &Organization) -> Association<'_> {
    Association {
        name: &organization.name,
        acronym: organization.acronym.as_deref(),
        url: organization.url.as_deref(),
    }
}
