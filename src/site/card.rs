//! What the rest of the site must know of a plan. Cards are kept for the whole build; plans are
//! not, so that memory grows with cards.

use crate::plan::anchors;
use crate::plan::language::Language;
use crate::plan::model::{At, Organization, Period, Plan, Predecessor};
use crate::plan::text::{Target, Text};

use super::config::Config;
use super::files::ContentFiles;
use super::links::{Meant, follow};

/// A plan in short.
#[derive(Clone, Debug)]
pub struct Card {
    /// The index into the content's plans.
    pub plan: usize,
    pub title: String,
    pub title_span: std::ops::Range<usize>,
    pub subtitle: Option<String>,
    pub description: Option<Text>,
    /// The plan's own, else the site's.
    pub language: Language,
    pub status: Option<At<&'static str>>,
    pub period: Option<Period>,
    /// The plan's own, else the site's.
    pub organization: Option<Organization>,
    pub publish: bool,
    pub search: bool,
    /// Names of the warnings that the plan silences.
    pub allow: Vec<At<String>>,
    pub aliases: Vec<At<String>>,
    /// The plan before this one, as it is written.
    pub predecessor: Option<At<String>>,
    /// Every anchor of the page.
    pub anchors: Vec<String>,
    /// Links to other plans: which, with what anchor, and where in the file.
    pub mentions: Vec<Mention>,
    /// True where the file has errors, so that something may be missing here.
    pub faulty: bool,
}

/// A link to a plan of this site.
#[derive(Clone, Debug)]
pub struct Mention {
    /// The index into the content's plans.
    pub plan: usize,
    pub anchor: Option<String>,
    pub span: std::ops::Range<usize>,
}

impl Card {
    /// The card of a plan that was read.
    pub fn new(
        index: usize,
        plan: &Plan,
        faulty: bool,
        content: &ContentFiles,
        config: &Config,
    ) -> Self {
        let id = &content.plans[index].id;
        let mention = |link: &crate::plan::model::LinkUse| match &link.target {
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
        Self {
            plan: index,
            // Only a faulty plan has none; a page that names it would lack words of its own.
            title: if plan.title.is_empty() {
                id.clone()
            } else {
                plan.title.clone()
            },
            title_span: plan.title_span.clone(),
            subtitle: plan.subtitle.clone(),
            description: plan.description.clone(),
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
                .or_else(|| config.organization.clone()),
            publish: plan.publish,
            search: plan.search,
            allow: plan.allow.clone(),
            aliases: plan.aliases.clone(),
            predecessor: match &plan.supersedes {
                Some(Predecessor::Here(name)) => Some(name.clone()),
                _ => None,
            },
            anchors: anchors::all(plan),
            mentions: plan.links.iter().filter_map(mention).collect(),
            faulty,
        }
    }

    /// True where the plan silences the warning of that name.
    pub fn allows(&self, warning: &str) -> bool {
        self.allow.iter().any(|name| name.value == warning)
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
