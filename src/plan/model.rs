//! A plan as it was written: every part in file order, every value with its place in the file.

use std::ops::Range;

use super::date::Date;
use super::language::Language;
use super::text::{Target, Text, glance};

/// A value and where in the file it stands (bytes).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At<T> {
    pub value: T,
    pub span: Range<usize>,
}

impl At<String> {
    /// The same with every run of white space made one space.
    #[must_use]
    pub fn on_one_line(self) -> Self {
        let words = self.value.as_str();
        let may_be_space = |byte: u8| (byte < b' ') | !byte.is_ascii();
        if !glance::any(words, may_be_space)
            && !glance::two_spaces(words)
            && words.trim().len() == words.len()
        {
            return self;
        }
        Self {
            value: self.value.split_whitespace().collect::<Vec<_>>().join(" "),
            span: self.span,
        }
    }
}

/// A strategic plan (StratML: `StrategicPlan`).
#[derive(Clone, Debug, Default)]
pub struct Plan {
    pub title: String,
    /// Where the title stands.
    pub title_span: Range<usize>,
    pub subtitle: Option<String>,
    pub language: Option<At<Language>>,
    pub status: Option<At<&'static str>>,
    pub period: Option<Period>,
    pub description: Option<Text>,
    pub mission: Option<Text>,
    pub vision: Option<Text>,
    pub values: Vec<Value>,
    /// Old addresses on this site, `/strategicplan/`.
    pub aliases: Vec<At<String>>,
    pub supersedes: Option<Predecessor>,
    /// False: built only with `--unpublished`.
    pub publish: bool,
    /// False: search engines are asked to leave it out.
    pub search: bool,
    /// Names of warnings that are silenced here.
    pub allow: Vec<At<String>>,
    pub organization: Option<Organization>,
    /// The association's own words, by the name of the term.
    pub terms: Vec<(&'static str, String)>,
    pub letter: Option<Letter>,
    pub sections: Vec<Section>,
    pub history: Vec<Event>,
    pub priorities: Vec<Priority>,
    pub domains: Vec<Domain>,
    pub source: Option<String>,
    /// The `[extra]` table, in order.
    pub extra: serde_json::Value,
    /// Every link and image in the plan's texts, for the checks that need the rest of the site.
    pub links: Vec<LinkUse>,
    /// The anchors of the page, in the order in which they were claimed.
    pub anchors: Vec<String>,
    /// True where the file has syntax errors, so that parts of the plan may be missing here.
    pub partial: bool,
}

/// A link or image in one of the plan's texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkUse {
    pub target: Target,
    pub image: bool,
    pub span: Range<usize>,
}

/// The time a plan is for. At least one end is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    pub start: Option<Date>,
    pub end: Option<Date>,
}

/// The plan before this one.
#[derive(Clone, Debug)]
pub enum Predecessor {
    /// A plan of this site, by its file's name.
    Here(At<String>),
    /// A plan elsewhere.
    Elsewhere { title: String, url: String },
}

/// Whose plan it is (StratML: `Organization`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Organization {
    pub name: String,
    pub acronym: Option<String>,
    pub url: Option<String>,
}

/// A value: a name, a sentence, or both.
#[derive(Clone, Debug)]
pub struct Value {
    pub name: Option<At<String>>,
    pub description: Option<Text>,
    pub span: Range<usize>,
}

/// A cover letter.
#[derive(Clone, Debug)]
pub struct Letter {
    pub date: Option<Date>,
    pub salutation: Option<String>,
    pub body: Option<Text>,
    pub closing: Option<String>,
    pub signature: Option<Signature>,
}

/// Who signed the letter.
#[derive(Clone, Debug)]
pub struct Signature {
    pub name: Option<String>,
    pub role: Option<String>,
}

/// Free prose.
#[derive(Clone, Debug)]
pub struct Section {
    pub id: Option<At<String>>,
    pub title: At<String>,
    /// After the plan's own parts rather than before them.
    pub after: bool,
    pub body: Option<Text>,
    /// The heading's anchor.
    pub anchor: String,
}

/// Something that happened to the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub event: &'static str,
    pub date: Date,
    pub by: Option<String>,
    pub place: Option<String>,
    pub document: Option<String>,
    pub vote: Option<String>,
    pub note: Option<Text>,
}

/// A mark that objectives may carry.
#[derive(Clone, Debug)]
pub struct Priority {
    pub id: At<String>,
    pub label: String,
}

/// A domain with its goal statement (StratML: `Goal`).
#[derive(Clone, Debug)]
pub struct Domain {
    pub id: Option<At<String>>,
    pub former_ids: Vec<At<String>>,
    pub label: Option<String>,
    pub name: Option<At<String>>,
    pub goal: Option<Text>,
    /// Where the goal statement stands.
    pub goal_span: Range<usize>,
    pub question: Option<Text>,
    pub rationale: Option<Text>,
    pub outcome: Option<Text>,
    pub owners: Vec<String>,
    pub note: Option<Text>,
    pub objectives: Vec<Objective>,
    /// Where in the file the domain stands: its name, or its heading.
    pub span: Range<usize>,
    pub anchor: String,
    /// Label and name as one: "A. Advocacy". Empty where it has neither.
    pub heading: String,
}

/// An objective (StratML: `Objective`), or an initiative below one.
#[derive(Clone, Debug, Default)]
pub struct Objective {
    pub id: Option<At<String>>,
    pub former_ids: Vec<At<String>>,
    pub label: Option<String>,
    pub name: Option<String>,
    pub text: Option<Text>,
    pub priority: Option<At<String>>,
    pub group: Option<String>,
    pub owners: Vec<String>,
    pub start: Option<Date>,
    pub due: Option<Date>,
    pub outcome: Option<Text>,
    pub note: Option<Text>,
    pub initiatives: Vec<Objective>,
    /// Where in the file its text (or name) stands.
    pub span: Range<usize>,
    pub anchor: String,
    /// What is cited: "A.3".
    pub code: String,
}

impl Objective {
    /// This one and every initiative below it, in file order.
    pub fn walk<'o>(&'o self, visit: &mut dyn FnMut(&'o Objective)) {
        visit(self);
        for initiative in &self.initiatives {
            initiative.walk(visit);
        }
    }

    /// True where it has a priority itself or an initiative below it has.
    pub fn holds_a_mark(&self) -> bool {
        self.priority.is_some() || self.initiatives.iter().any(Self::holds_a_mark)
    }
}

impl Plan {
    /// Every objective and initiative, in file order.
    pub fn walk_objectives<'p>(&'p self, visit: &mut dyn FnMut(&'p Objective)) {
        for objective in self.domains.iter().flat_map(|domain| &domain.objectives) {
            objective.walk(visit);
        }
    }
}
