//! What the rest of the site must know of a plan. Cards are kept for the whole build; plans are
//! not, so that memory grows with cards.

use std::ops::Deref;
use std::sync::Arc;

use crate::plan::anchors;
use crate::plan::date::Date;
use crate::plan::language::Language;
use crate::plan::model::{At, Event, LinkUse, Organization, Period, Plan, Predecessor};
use crate::plan::slug::fold_case;
use crate::plan::text::{self, Link, Target, Text};
use crate::theme::{SharedHtml, SharedText};

use super::anchors::Anchors;
use super::config::Config;
use super::files::ContentFiles;
use super::links::{Meant, follow};

/// A plan in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The index into the content's plans.
    pub plan: usize,
    pub title: SharedText,
    pub description: Option<Description>,
    /// The plan's own, else the site's.
    pub language: Language,
    pub status: Option<At<&'static str>>,
    pub period: Option<Period>,
    /// The plan's own, else the site's.
    pub organization: Option<Arc<Organization>>,
    pub publish: bool,
    pub search: bool,
    /// Every anchor of the page.
    pub anchors: Anchors,
    /// What happened to the plan, in the order of its file, without what is only planned.
    pub events: Box<[Happened]>,
    pub rare: Rare,
    /// True where the file could not be read whole, so that an anchor may be missing here.
    pub partial: bool,
    /// True where the file has errors, so that something may be missing here.
    pub faulty: bool,
}

/// What a plan says of itself, for the pages that list it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Description {
    /// Without links: its HTML, which is the same wherever it stands.
    Html(SharedHtml),
    /// With links, which each page names in its own way: as it is written.
    Written(Box<str>),
}

impl Description {
    fn of(text: &Text) -> Self {
        if text.links().is_empty() {
            Self::Html(shared_html(text, &mut |_| String::new()))
        } else {
            Self::Written(text.source().into())
        }
    }

    /// The HTML on a page that names others as `href` says.
    pub fn html(&self, href: &mut dyn FnMut(&Link) -> String) -> SharedHtml {
        match self {
            Self::Html(html) => html.clone(),
            Self::Written(written) => {
                shared_html(&text::parse(&**written, text::Kind::Sentence).0, href)
            }
        }
    }
}

fn shared_html(text: &Text, href: &mut dyn FnMut(&Link) -> String) -> SharedHtml {
    // A sentence has no headings.
    text.html(href, 2).as_ref().into()
}

/// Something that happened to a plan, in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    pub event: &'static str,
    pub date: Date,
    /// What else is said of it: the name of each key, and the text, with [`END`] behind both.
    details: Box<str>,
}

/// A character that no text of a plan may hold.
const END: char = '\0';

impl Happened {
    fn of(event: &Event) -> Self {
        let note = event.note.as_ref().map(Text::plain);
        let details = [
            ("by", event.by.as_deref()),
            ("place", event.place.as_deref()),
            ("document", event.document.as_deref()),
            ("vote", event.vote.as_deref()),
            ("note", note.as_deref()),
        ];
        let said = details
            .into_iter()
            .filter_map(|(key, text)| Some([key, text?]));
        let mut details = String::new();
        for words in said.flatten() {
            details.push_str(words);
            details.push(END);
        }
        Self {
            event: event.event,
            date: event.date,
            details: details.into(),
        }
    }

    /// What the plan says of it under this key: `by`, `place`, `document`, `vote` or `note`.
    pub fn detail(&self, key: &str) -> Option<&str> {
        let mut details = self.details.split_terminator(END);
        while let (Some(known), Some(text)) = (details.next(), details.next()) {
            if known == key {
                return Some(text);
            }
        }
        None
    }
}

/// What few plans have: it takes no room where a plan has nothing of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rare(Option<Box<Particulars>>);

/// What few plans have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Particulars {
    pub subtitle: Option<SharedText>,
    /// Names of the warnings that the plan silences.
    pub allow: Vec<At<String>>,
    pub aliases: Vec<At<String>>,
    /// The plan before this one, as it is written.
    pub predecessor: Option<At<String>>,
    /// The title and address of the plan before this one, where it is on another site.
    pub predecessor_elsewhere: Option<(String, String)>,
    /// Links to files under `content/`, as they are written.
    pub links: Vec<LinkUse>,
    /// Links to other plans: which, with what anchor, and where in the file.
    pub mentions: Vec<Mention>,
}

static NOTHING: Particulars = Particulars {
    subtitle: None,
    allow: Vec::new(),
    aliases: Vec::new(),
    predecessor: None,
    predecessor_elsewhere: None,
    links: Vec::new(),
    mentions: Vec::new(),
};

impl Deref for Rare {
    type Target = Particulars;

    fn deref(&self) -> &Particulars {
        self.0.as_deref().unwrap_or(&NOTHING)
    }
}

impl From<Particulars> for Rare {
    fn from(particulars: Particulars) -> Self {
        Self((particulars != NOTHING).then(|| Box::new(particulars)))
    }
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
        let mut card = Self::unplaced(content.plans[index].id(), plan, config);
        card.place(index, content);
        card
    }

    /// Gives the card its place among the plans of the site, and finds the plans it links to.
    pub fn place(&mut self, index: usize, content: &ContentFiles) {
        let id = content.plans[index].id();
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
        let mentions: Vec<Mention> = self.rare.links.iter().filter_map(mention).collect();
        if let Some(particulars) = &mut self.rare.0 {
            particulars.mentions = mentions;
        }
    }

    fn unplaced(id: &str, plan: &Plan, config: &Config) -> Self {
        Self {
            plan: 0,
            // Only a faulty plan has none; a page that names it would lack words of its own.
            title: if plan.title.is_empty() {
                id.into()
            } else {
                plan.title.as_str().into()
            },
            description: plan.description.as_ref().map(Description::of),
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
            anchors: anchors::each(plan).collect(),
            events: plan
                .history
                .iter()
                .filter(|event| event.event != "planned")
                .map(Happened::of)
                .collect(),
            rare: Self::particulars(plan).into(),
            partial: plan.partial,
            faulty: false,
        }
    }

    fn particulars(plan: &Plan) -> Particulars {
        let names_a_file = |link: &&LinkUse| matches!(link.target, Target::File { .. });
        let (predecessor, predecessor_elsewhere) = match plan.supersedes.clone() {
            Some(Predecessor::Here(name)) => (Some(name), None),
            Some(Predecessor::Elsewhere { title, url }) => (None, Some((title, url))),
            None => (None, None),
        };
        Particulars {
            subtitle: plan.subtitle.as_deref().map(Into::into),
            allow: plan.allow.clone(),
            aliases: plan.aliases.clone(),
            predecessor,
            predecessor_elsewhere,
            links: plan.links.iter().filter(names_a_file).cloned().collect(),
            mentions: Vec::new(),
        }
    }

    /// True where both stand to other plans in the same way: only what the home page, the feed and
    /// the list of plans say of them may differ.
    pub fn relates_like(&self, other: &Self) -> bool {
        let bare = |card: &Self| Self {
            description: None,
            events: Box::default(),
            rare: Particulars {
                subtitle: None,
                predecessor_elsewhere: None,
                ..Particulars::clone(&card.rare)
            }
            .into(),
            ..card.clone()
        };
        bare(self) == bare(other)
    }

    /// True where the plan silences the warning of that name.
    pub fn allows(&self, warning: &str) -> bool {
        self.rare.allow.iter().any(|name| name.value == warning)
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

    /// True where the plan links to another.
    pub fn mentions_others(&self) -> bool {
        let mut mentions = self.rare.mentions.iter();
        mentions.any(|mention| mention.plan != self.plan)
    }
}
