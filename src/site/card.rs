//! What the rest of the site must know of a plan. Cards are kept for the whole build; plans are
//! not, so that memory grows with cards.

use std::sync::Arc;

use crate::plan::anchors;
use crate::plan::language::Language;
use crate::plan::model::{At, Event, LinkUse, Organization, Period, Plan, Predecessor};
use crate::plan::slug::fold_case;
use crate::plan::text::{Target, Text};

use super::anchors::Anchors;
use super::config::Config;
use super::files::ContentFiles;
use super::links::{Meant, follow};

/// A plan in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The index into the content's plans.
    pub plan: usize,
    pub title: String,
    pub title_span: std::ops::Range<usize>,
    pub subtitle: Option<String>,
    pub description: Option<Box<Text>>,
    /// The plan's own, else the site's.
    pub language: Language,
    pub status: Option<At<&'static str>>,
    pub period: Option<Period>,
    /// The plan's own, else the site's.
    pub organization: Option<Arc<Organization>>,
    pub publish: bool,
    pub search: bool,
    /// Names of the warnings that the plan silences.
    pub allow: Box<[At<String>]>,
    pub aliases: Box<[At<String>]>,
    /// The plan before this one, as it is written.
    pub predecessor: Option<Box<At<String>>>,
    /// The title and address of the plan before this one, where it is on another site.
    pub predecessor_elsewhere: Option<Box<(String, String)>>,
    /// What happened to the plan, in the order of its file, without what is only planned.
    pub events: Box<[Event]>,
    /// Every anchor of the page.
    pub anchors: Anchors,
    /// Links to files under `content/`, as they are written.
    pub links: Box<[LinkUse]>,
    /// Links to other plans: which, with what anchor, and where in the file.
    pub mentions: Box<[Mention]>,
    /// True where the file could not be read whole, so that an anchor may be missing here.
    pub partial: bool,
    /// True where the file has errors, so that something may be missing here.
    pub faulty: bool,
}

/// A link to a plan of this site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The index into the content's plans.
    pub plan: usize,
    pub anchor: Option<String>,
    pub span: std::ops::Range<usize>,
}

impl Card {
    /// The card of a plan that was read. Whether it is faulty is not known here.
    pub fn new(index: usize, plan: &Plan, content: &ContentFiles, config: &Config) -> Self {
        let mut card = Self::unplaced(&content.plans[index].id, plan, config);
        card.place(index, content);
        card
    }

    /// Gives the card its place among the plans of the site, and finds the plans it links to.
    pub fn place(&mut self, index: usize, content: &ContentFiles) {
        let id = &content.plans[index].id;
        let mention = |link: &LinkUse| match &link.target {
            Target::File { path, anchor } => match follow(content, id, path) {
                Meant::Plan(plan) => Some(Mention {
                    plan,
                    anchor: anchor.clone(),
                    span: link.span.clone(),
                }),
                _ => None,
            },
            _ => None,
        };
        self.plan = index;
        self.mentions = self.links.iter().filter_map(mention).collect();
    }

    fn unplaced(id: &str, plan: &Plan, config: &Config) -> Self {
        let names_a_file = |link: &&LinkUse| matches!(link.target, Target::File { .. });
        Self {
            plan: 0,
            // Only a faulty plan has none; a page that names it would lack words of its own.
            title: if plan.title.is_empty() {
                id.to_owned()
            } else {
                plan.title.clone()
            },
            title_span: plan.title_span.clone(),
            subtitle: plan.subtitle.clone(),
            description: plan.description.clone().map(Box::new),
            language: plan
                .language
                .as_ref()
                .map_or(&config.language, |language| &language.value)
                .clone(),
            status: plan.status.clone(),
            period: plan.period.clone(),
            organization: plan
                .organization
                .clone()
                .map(Arc::new)
                .or_else(|| config.organization.clone().map(Arc::new)),
            publish: plan.publish,
            search: plan.search,
            allow: plan.allow.as_slice().into(),
            aliases: plan.aliases.as_slice().into(),
            predecessor: match &plan.supersedes {
                Some(Predecessor::Here(name)) => Some(Box::new(name.clone())),
                _ => None,
            },
            predecessor_elsewhere: match &plan.supersedes {
                Some(Predecessor::Elsewhere { title, url }) => {
                    Some(Box::new((title.clone(), url.clone())))
                }
                _ => None,
            },
            events: plan
                .history
                .iter()
                .filter(|event| event.event != "planned")
                .cloned()
                .collect(),
            anchors: anchors::each(plan).collect(),
            links: plan.links.iter().filter(names_a_file).cloned().collect(),
            mentions: Box::default(),
            partial: plan.partial,
            faulty: false,
        }
    }

    /// True where both stand to other plans in the same way: only what the home page, the feed and
    /// the list of plans say of them may differ.
    pub fn relates_like(&self, other: &Self) -> bool {
        let bare = |card: &Self| Self {
            subtitle: None,
            description: None,
            predecessor_elsewhere: None,
            events: Box::default(),
            ..card.clone()
        };
        bare(self) == bare(other)
    }

    /// True where the plan silences the warning of that name.
    pub fn allows(&self, warning: &str) -> bool {
        self.allow.iter().any(|name| name.value == warning)
    }

    /// True where the plan has objectives, so that its page has a list of them.
    pub fn has_list(&self) -> bool {
        self.anchors.contains("list")
    }

    /// True where the plan belongs to the association of this name or acronym, whatever its case.
    pub fn belongs_to(&self, association: &str) -> bool {
        let wanted = fold_case(association);
        self.organization.as_ref().is_some_and(|organization| {
            let mut names = organization.acronym.iter().chain([&organization.name]);
            names.any(|name| fold_case(name) == wanted)
        })
    }

    /// True where the plan's page says something of another plan.
    pub fn names_others(&self) -> bool {
        self.predecessor.is_some()
            || self
                .mentions
                .iter()
                .any(|mention| mention.plan != self.plan)
    }
}
