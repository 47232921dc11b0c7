//! The home page of a site that lists its plans: by association where there are several, the plan
//! in force first, then drafts, then earlier ones.

use super::Site;
use super::card::Card;
use super::context::*;
use super::links::Standpoint;
use super::plan_page::{organization_info, period_words, status_info};
use super::relations::Relations;
use super::route::Route;
use super::stand::Stand;
use super::{feed, linked_data, open_graph};
use crate::plan::date::DateFormatter;
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
            groups: by_association(site, &shown, relations),
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
            card.title.clone(),
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

/// The stages of a plan's life, in the order in which the home page shows them.
pub(super) const STAGES: [&str; 3] = ["current", "draft", "earlier"];

/// The name of the stage that a plan is at.
pub(super) fn stage_name(card: &Card, relations: &Relations) -> &'static str {
    STAGES[stage(card, relations)]
}

/// Where in [`STAGES`] a plan is: in force, on its way, or past its time.
pub(super) fn stage(card: &Card, relations: &Relations) -> usize {
    if relations.successors[card.plan].is_some() {
        return 2;
    }
    match card.status.as_ref().map(|status| status.value) {
        Some("draft" | "proposed") => 1,
        Some("superseded" | "archived") => 2,
        _ => 0,
    }
}

/// The plans of each association together; the association of the site itself first, the others
/// in the order of their names.
fn by_association(site: &Site, shown: &[&Card], relations: &Relations) -> Vec<HomeGroup> {
    let mut associations: Vec<Option<&Organization>> = Vec::new();
    for card in shown {
        let organization = card.organization.as_deref();
        if !associations.iter().any(|known| same(*known, organization)) {
            associations.push(organization);
        }
    }
    let own = site.config.organization.as_ref();
    associations.sort_by_key(|organization| {
        (
            !same(*organization, own),
            organization.is_none(),
            organization.map(|o| o.name.clone()),
        )
    });
    let several = associations.len() > 1;
    associations
        .into_iter()
        .map(|organization| HomeGroup {
            organization: organization.filter(|_| several).map(organization_info),
            stages: {
                let of_it = |card: &&&Card| same(card.organization.as_deref(), organization);
                let plans: Vec<&Card> = shown.iter().filter(of_it).copied().collect();
                stages(site, &plans, relations, &site.stand(&Route::home()))
            },
        })
        .collect()
}

/// Plans, in their order, at the stages of their lives.
pub(super) fn stages(
    site: &Site,
    plans: &[&Card],
    relations: &Relations,
    stand: &Stand,
) -> Vec<HomeStage> {
    plans
        .chunk_by(|a, b| stage(a, relations) == stage(b, relations))
        .map(|plans| HomeStage {
            id: STAGES[stage(plans[0], relations)],
            plans: plans.iter().map(|card| entry(site, card, stand)).collect(),
        })
        .collect()
}

fn same(a: Option<&Organization>, b: Option<&Organization>) -> bool {
    a.map(|organization| &organization.name) == b.map(|organization| &organization.name)
}

/// A plan as a page names it that stands there.
pub(super) fn entry(site: &Site, card: &Card, stand: &Stand) -> HomePlan {
    let file = &site.content.plans[card.plan];
    let standpoint = Standpoint {
        content: site.content,
        plan: &file.id,
        stand,
        own: false,
    };
    let words = site.words(card.language.as_str());
    let dates = DateFormatter::new(&card.language);
    HomePlan {
        title: card.title.clone(),
        subtitle: card.subtitle.clone(),
        href: stand.to_page(&file.route),
        lang: (card.language != site.config.language).then(|| card.language.to_string()),
        status: card
            .status
            .as_ref()
            .map(|status| status_info(&words, status.value)),
        period: card
            .period
            .as_ref()
            .map(|period| period_words(&dates, period)),
        organization: card.organization.as_deref().map(organization_info),
        description: card
            .description
            .as_ref()
            .map(|text| Html(text.html(&mut |link| standpoint.href(link), 2))),
    }
}
