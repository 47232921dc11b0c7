//! Plans as the pages list them that are made of cards.
//!
//! In: cards. Out: an entry for each, alone or by the stages of the plans' lives. There can be ten
//! thousand on one page, and whatever several entries say they share.

use std::collections::HashMap;
use std::sync::Arc;

use super::Site;
use super::card::Card;
use super::context::*;
use super::links::Standpoint;
use super::plan_page::organization_info;
use super::relations::Relations;
use super::stand::Stand;
use super::wording::Wording;
use crate::plan::date::{Date, DateFormatter};
use crate::plan::language::Language;

/// The stages of a plan's life, in the order in which the home page shows them.
pub const STAGES: [&str; 3] = ["current", "draft", "earlier"];

/// The name of the stage that a plan is at.
pub fn stage_name(card: &Card, relations: &Relations) -> &'static str {
    STAGES[stage(card, relations)]
}

/// Where in [`STAGES`] a plan is: in force, on its way, or past its time.
pub fn stage(card: &Card, relations: &Relations) -> usize {
    if relations.successors.contains_key(&card.plan) {
        return 2;
    }
    match card.status.as_ref().map(|status| status.value) {
        Some("draft" | "proposed") => 1,
        Some("superseded" | "archived") => 2,
        _ => 0,
    }
}

/// Writes the entries of one page.
pub struct Listing<'l> {
    site: &'l Site<'l>,
    stand: &'l Stand<'l>,
    /// True where entries say whose plan each is.
    with_association: bool,
    languages: HashMap<&'l str, InLanguage>,
    facts: HashMap<Alike<'l>, Shared<HomeFacts>>,
}

/// Language, status, period and association: where they are the same, an entry says the same.
type Alike<'l> = (
    &'l str,
    Option<&'static str>,
    Option<[Option<Date>; 2]>,
    Option<(&'l str, Option<&'l str>, Option<&'l str>)>,
);

/// How entries in one language are worded.
struct InLanguage {
    wording: Arc<Wording>,
    dates: DateFormatter,
}

impl InLanguage {
    fn new(site: &Site, language: &Language) -> Self {
        Self {
            wording: site.wording(language.as_str()),
            dates: DateFormatter::new(language),
        }
    }
}

impl<'l> Listing<'l> {
    /// For a page that stands there.
    pub fn new(site: &'l Site<'l>, stand: &'l Stand<'l>) -> Self {
        Self {
            site,
            stand,
            with_association: true,
            languages: HashMap::new(),
            facts: HashMap::new(),
        }
    }

    /// For plans below the name of their association, which no entry says again.
    pub fn of_one(site: &'l Site<'l>, stand: &'l Stand<'l>) -> Self {
        Self {
            with_association: false,
            ..Self::new(site, stand)
        }
    }

    /// Plans, in their order, at the stages of their lives.
    pub fn stages(&mut self, plans: &[&'l Card], relations: &Relations) -> Vec<HomeStage> {
        plans
            .chunk_by(|a, b| stage(a, relations) == stage(b, relations))
            .map(|plans| HomeStage {
                id: STAGES[stage(plans[0], relations)],
                plans: plans.iter().map(|card| self.entry(card).into()).collect(),
            })
            .collect()
    }

    /// One plan.
    pub fn entry(&mut self, card: &'l Card) -> HomePlan {
        let Self { site, stand, .. } = *self;
        let file = &site.content.plans[card.plan];
        let standpoint = Standpoint {
            content: site.content,
            plan: file.id(),
            stand,
            own: false,
        };
        HomePlan {
            title: card.title.clone(),
            subtitle: card.rare.subtitle.clone(),
            href: stand.to_page(&file.route),
            description: card
                .description
                .as_ref()
                .map(|description| description.html(&mut |link| standpoint.href(link))),
            facts: self.facts(card),
        }
    }

    fn facts(&mut self, card: &'l Card) -> Shared<HomeFacts> {
        let site = self.site;
        let organization = card.organization.as_deref();
        let organization = organization.filter(|_| self.with_association);
        let alike = (
            card.language.as_str(),
            card.status.as_ref().map(|status| status.value),
            card.period
                .as_ref()
                .map(|period| [period.start, period.end]),
            organization.map(|of| (of.name.as_str(), of.acronym.as_deref(), of.url.as_deref())),
        );
        let language = self.languages.entry(card.language.as_str());
        let language = language.or_insert_with(|| InLanguage::new(site, &card.language));
        let InLanguage { wording, dates } = language;
        let made = || {
            let status = card.status.as_ref();
            let period = card.period.as_ref();
            let facts = HomeFacts {
                lang: (card.language != site.config.language).then(|| card.language.to_string()),
                status: status.map(|status| wording.status(status.value)),
                period: period.map(|period| wording.period(dates, period)),
                organization: organization.map(organization_info),
            };
            facts.into()
        };
        self.facts.entry(alike).or_insert_with(made).clone()
    }
}
