//! What a template is given. Every key is always there, `null` (or an empty list) where the plan
//! has nothing to say, so that `{% if letter %}` is all that a template needs.
//!
//! Fields of type [`Html`] are finished HTML, which the template engine prints as it is. Everything
//! else is plain text that it escapes. The table in
//! `themes/README.md` documents every path; a test compares the two.
//!
//! What a plan says is borrowed from it, since Tera copies all of it anyway.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

pub use crate::theme::{Shared, SharedHtml, SharedText, Valued};
use crate::theme::{finished, seldom};

/// Finished HTML, made from Markdown by `plan::text`: escaped, with every link resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Html<'p>(pub Cow<'p, str>);

impl Serialize for Html<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        finished(&self.0, serializer)
    }
}

/// Words in a language. `lang` is set only where it differs from the page's own language, and
/// then belongs in a `lang` attribute (WCAG 3.1.2 Language of Parts).
pub use crate::theme::Word as Phrase;

/// What a plan calls its parts: its terms by name.
pub type Terms = Shared<BTreeMap<String, Shared<Phrase>>>;

/// A date for `<time datetime="{{ datetime }}">{{ text }}</time>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DateWords {
    /// `2006`, `2006-06` or `2006-06-30`.
    pub datetime: String,
    /// The same in words of the page's language: "June 2006".
    pub text: String,
}

/// From one date to another; either end may be missing, never both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Period {
    pub start: Option<DateWords>,
    pub end: Option<DateWords>,
}

/// What every page has.
#[derive(Clone, Debug, Serialize)]
pub struct Common {
    pub page: PageInfo,
    pub site: SiteInfo,
    /// The theme's own words (not the terms), in the page's language: `words.skip_to_content`.
    pub words: Shared<BTreeMap<String, Phrase>>,
    /// The theme's static files: `assets["style.css"]` is the relative address of the file, under
    /// its content-hashed name.
    pub assets: Shared<BTreeMap<String, String>>,
    /// The theme's design tokens with the site's own over them.
    pub tokens: Shared<BTreeMap<String, String>>,
}

/// The page itself.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PageInfo {
    /// `plan`, `home`, `redirect`, `address` or `not-found`.
    pub kind: &'static str,
    /// For `<title>`: "page, status | association" (WCAG 2.4.2).
    pub title: String,
    /// BCP 47.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    pub description: Option<String>,
    /// The page's absolute address; only where `base_url` names a host.
    pub canonical: Option<String>,
    /// True where the plan asks search engines not to index it.
    pub noindex: bool,
    /// What other sites show of a link to the page; `null` where nobody would link to it.
    pub open_graph: Option<OpenGraph>,
    /// The page for machines, to stand in a `<script type="application/ld+json">` (schema.org).
    pub json_ld: Option<Html<'static>>,
    /// The relative address of the Atom feed, where there is one with entries about this page.
    pub feed: Option<String>,
}

/// What the Open Graph protocol knows of a page beside what every page has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpenGraph {
    /// `article` or `website`.
    pub kind: &'static str,
    /// The page's title without the site's.
    pub title: String,
    /// `en_US`; only where the language names a country.
    pub locale: Option<String>,
    /// The absolute address of the logo, where it is a PNG or a JPEG.
    pub image: Option<String>,
}

/// The site around the page.
#[derive(Clone, Debug, Serialize)]
pub struct SiteInfo {
    pub title: String,
    /// The relative address of the home page.
    pub home: String,
    /// The relative address of the logo.
    pub logo: Option<String>,
    /// `mailto:`, `tel:` or `https:`.
    pub contact: Option<String>,
    pub accessibility_statement: Option<String>,
}

/// Who a plan belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrganizationInfo {
    pub name: String,
    pub acronym: Option<String>,
    pub url: Option<String>,
}

/// One entry of the contents box. Its text equals the text of the heading it leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NavigationEntry {
    /// `#mission`
    pub href: String,
    pub text: Shared<Phrase>,
    #[serde(serialize_with = "seldom")]
    pub children: Vec<NavigationEntry>,
}

/// A part of the page that the plan has: its anchor and its heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartInfo {
    /// The heading's `id`.
    pub id: String,
    pub heading: Shared<Phrase>,
}

/// The parts of a plan's page, each `null` where the plan does not have it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Parts {
    pub letter: Option<Shared<PartInfo>>,
    pub mission: Option<Shared<PartInfo>>,
    pub vision: Option<Shared<PartInfo>>,
    pub values: Option<Shared<PartInfo>>,
    pub domains: Option<Shared<PartInfo>>,
    pub matrix: Option<Shared<PartInfo>>,
    pub list: Option<Shared<PartInfo>>,
    pub history: Option<Shared<PartInfo>>,
}

/// The context of `plan.html`.
#[derive(Clone, Debug, Serialize)]
pub struct PlanPage<'p> {
    #[serde(flatten)]
    pub common: Common,
    /// The plan's terms: `terms.domain`, `terms.objectives` ...
    pub terms: Shared<BTreeMap<String, Shared<Phrase>>>,
    /// Exactly the parts that are there, in the page's order, domains nested.
    pub navigation: Vec<Shared<NavigationEntry>>,
    pub parts: Parts,
    pub plan: PlanInfo<'p>,
}

/// Everything a plan says.
#[derive(Clone, Debug, Serialize)]
pub struct PlanInfo<'p> {
    pub title: String,
    pub subtitle: Option<String>,
    pub status: Option<Shared<Named>>,
    pub period: Option<Shared<Period>>,
    pub organization: Option<OrganizationInfo>,
    pub description: Option<Html<'p>>,
    /// The plan before this one.
    pub supersedes: Option<PlanLink>,
    /// The plan that took this one's place.
    pub superseded_by: Option<PlanLink>,
    pub sections_before: Vec<SectionInfo<'p>>,
    pub letter: Option<LetterInfo<'p>>,
    pub mission: Option<Html<'p>>,
    pub vision: Option<Html<'p>>,
    pub values: Vec<ValueInfo<'p>>,
    pub domains: Vec<DomainInfo<'p>>,
    /// True where some domain's goal statement is not already its heading.
    pub has_goals: bool,
    pub sections_after: Vec<SectionInfo<'p>>,
    pub history: Vec<HistoryInfo<'p>>,
    /// The priorities that some objective or initiative of this plan has, for the legend.
    pub priorities: Vec<PriorityInfo>,
    pub counts: Counts,
    /// What the filter of the list view says; `null` where it would show all or nothing.
    pub filter: Option<FilterInfo>,
    /// The document or page this plan was taken from.
    pub source: Option<String>,
    /// The same plan for machines.
    pub data: DataInfo,
    /// The plan's `[extra]`, untouched, in order.
    pub extra: serde_json::Value,
}

/// The relative addresses of a plan's files for machines; at least one is there for most plans.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DataInfo {
    /// All of the plan.
    pub json: Option<String>,
    /// Its objectives as a table; `null` where it has none.
    pub csv: Option<String>,
}

/// A thing with a key for machines and words for people: `draft`, "Draft".
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    pub id: String,
    pub label: Phrase,
}

/// A priority that the plan uses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PriorityInfo {
    pub id: String,
    pub label: Phrase,
    /// How many objectives and initiatives have it.
    pub count: usize,
}

/// Another plan's name and address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlanLink {
    pub title: String,
    pub href: String,
    /// Set where the other plan's language differs from the page's.
    pub lang: Option<String>,
}

/// A section of free prose.
#[derive(Clone, Debug, Serialize)]
pub struct SectionInfo<'p> {
    /// The heading's `id`.
    pub id: String,
    pub title: String,
    pub body: Html<'p>,
}

/// The cover letter.
#[derive(Clone, Debug, Serialize)]
pub struct LetterInfo<'p> {
    pub date: Option<DateWords>,
    pub salutation: Option<String>,
    pub body: Option<Html<'p>>,
    pub closing: Option<String>,
    pub signature: Option<Signature>,
}

/// Who signed the letter.
#[derive(Clone, Debug, Serialize)]
pub struct Signature {
    pub name: Option<String>,
    pub role: Option<String>,
}

/// A value: a name, a sentence, or both.
#[derive(Clone, Debug, Serialize)]
pub struct ValueInfo<'p> {
    pub name: Option<Cow<'p, str>>,
    pub description: Option<Html<'p>>,
}

/// A domain with its goal statement and objectives.
#[derive(Clone, Debug, Serialize)]
pub struct DomainInfo<'p> {
    /// The `id` of its heading in the domains part.
    pub id: Cow<'p, str>,
    /// The `id` of its heading in the list view.
    pub list_id: Cow<'p, str>,
    #[serde(serialize_with = "seldom")]
    pub former_ids: Vec<Cow<'p, str>>,
    pub label: Option<Cow<'p, str>>,
    pub name: Option<Cow<'p, str>>,
    /// The label as it stands before the name ("A."), where it is short enough to hang beside it.
    pub hanging: Option<Cow<'p, str>>,
    /// The heading without what hangs beside it: "Advocacy".
    pub heading_words: Html<'p>,
    /// Label and name ("A. Advocacy"); the goal statement where it has neither.
    pub heading: Html<'p>,
    /// `null` also where the goal statement is already the heading.
    pub goal: Option<Html<'p>>,
    /// What else is said of it; `null` where nothing is.
    pub details: Option<DomainDetails<'p>>,
    /// Its objectives, in runs that share a group (`name` is `null` for those without one).
    pub groups: Vec<GroupInfo<'p>>,
    /// The same objectives in one list, for the matrix.
    pub objectives: Vec<Valued<ObjectiveInfo<'p>>>,
}

/// What few domains have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DomainDetails<'p> {
    pub question: Option<Html<'p>>,
    pub rationale: Option<Html<'p>>,
    pub outcome: Option<Html<'p>>,
    pub owners: Vec<Cow<'p, str>>,
    pub note: Option<Html<'p>>,
}

/// Consecutive objectives under one sub-heading.
#[derive(Clone, Debug, Serialize)]
pub struct GroupInfo<'p> {
    pub name: Option<Cow<'p, str>>,
    pub objectives: Vec<Valued<ObjectiveInfo<'p>>>,
}

/// An objective or an initiative. There are many on a page, and Tera looks through the keys of each
/// from the first on: those that are asked for most stand before the others.
#[derive(Clone, Debug, Serialize)]
pub struct ObjectiveInfo<'p> {
    /// The `id` of its item in the list view.
    pub id: Cow<'p, str>,
    pub text: Option<Html<'p>>,
    pub name: Option<Cow<'p, str>>,
    /// What is cited: "A.3", or "4." where the domain has no short label.
    pub code: Cow<'p, str>,
    /// Words that make the code unique where it is not ("Goal Area 1."), to stand hidden before it.
    pub code_context: Option<Cow<'p, str>>,
    pub priority: Option<Shared<Named>>,
    /// What else is said of it; `null` where nothing is.
    pub details: Option<ObjectiveDetails<'p>>,
    #[serde(serialize_with = "seldom")]
    pub initiatives: Vec<ObjectiveInfo<'p>>,
    #[serde(serialize_with = "seldom")]
    pub former_ids: Vec<Cow<'p, str>>,
}

/// What few objectives have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ObjectiveDetails<'p> {
    pub start: Option<DateWords>,
    pub due: Option<DateWords>,
    pub owners: Vec<Cow<'p, str>>,
    pub outcome: Option<Html<'p>>,
    pub note: Option<Html<'p>>,
}

/// Something that happened to the plan.
#[derive(Clone, Debug, Serialize)]
pub struct HistoryInfo<'p> {
    pub event: Named,
    pub date: DateWords,
    pub by: Option<String>,
    pub place: Option<String>,
    pub document: Option<String>,
    pub vote: Option<String>,
    pub note: Option<Html<'p>>,
}

/// How much there is.
#[derive(Clone, Debug, Serialize)]
pub struct Counts {
    pub domains: usize,
    pub objectives: usize,
    pub initiatives: usize,
    /// Objectives and initiatives that carry any priority mark.
    pub marked: usize,
    /// Objectives that carry one themselves or hold an initiative that does.
    pub objectives_marked: usize,
}

/// How many objectives the list view shows, in words.
#[derive(Clone, Debug, Serialize)]
pub struct FilterInfo {
    pub shown_all: Phrase,
    /// Where only those are shown that are marked.
    pub shown_some: Phrase,
}

/// The context of `home.html`, where the home page lists the plans.
#[derive(Clone, Debug, Serialize)]
pub struct HomePage {
    #[serde(flatten)]
    pub common: Common,
    pub home: HomeInfo,
}

/// What the home page lists.
#[derive(Clone, Debug, Serialize)]
pub struct HomeInfo {
    pub title: String,
    /// By association where there are several; `organization` is `null` where there is only one.
    pub groups: Vec<Valued<HomeGroup>>,
}

/// The plans of one association.
#[derive(Clone, Debug, Serialize)]
pub struct HomeGroup {
    pub organization: Option<OrganizationInfo>,
    /// Current first, then drafts, then earlier ones; only those that there are.
    pub stages: Vec<HomeStage>,
}

/// The plans of one association that are at the same stage of their lives.
#[derive(Clone, Debug, Serialize)]
pub struct HomeStage {
    /// `current`, `draft` or `earlier`.
    pub id: &'static str,
    pub plans: Vec<Valued<HomePlan>>,
}

/// One plan on the home page. There can be ten thousand, so it has few keys of its own.
#[derive(Clone, Debug, Serialize)]
pub struct HomePlan {
    pub title: SharedText,
    pub subtitle: Option<SharedText>,
    pub href: String,
    pub description: Option<SharedHtml>,
    pub facts: Shared<HomeFacts>,
}

/// What several plans may have alike, and then share.
#[derive(Clone, Debug, Serialize)]
pub struct HomeFacts {
    /// Set where the plan's language differs from the page's.
    pub lang: Option<String>,
    pub status: Option<Shared<Named>>,
    pub period: Option<Shared<Period>>,
    /// `null` where the plan stands below the name of its association.
    pub organization: Option<OrganizationInfo>,
}

/// The context of `redirect.html`, at an old address of a plan.
#[derive(Clone, Debug, Serialize)]
pub struct RedirectPage {
    #[serde(flatten)]
    pub common: Common,
    pub redirect: RedirectInfo,
}

/// Where an old address leads.
#[derive(Clone, Debug, Serialize)]
pub struct RedirectInfo {
    /// The plan, with its years.
    pub title: String,
    /// The relative address of its page.
    pub href: String,
}

/// The context of `address.html`, at the stable address of an association without an adopted plan.
#[derive(Clone, Debug, Serialize)]
pub struct AddressPage {
    #[serde(flatten)]
    pub common: Common,
    pub address: AddressInfo,
}

/// What an association has while it has no adopted plan.
#[derive(Clone, Debug, Serialize)]
pub struct AddressInfo {
    pub organization: OrganizationInfo,
    /// Drafts first, then earlier ones; only those that there are.
    pub stages: Vec<HomeStage>,
}

/// The context of `404.html`, which is shown at any address: it names everything from the root of
/// the host.
#[derive(Clone, Debug, Serialize)]
pub struct NotFoundPage {
    #[serde(flatten)]
    pub common: Common,
    pub not_found: NotFoundInfo,
}

/// Where to go on from an address at which nothing is.
#[derive(Clone, Debug, Serialize)]
pub struct NotFoundInfo {
    /// The plans that are current or on their way; none where they are too many to look through.
    pub plans: Vec<HomePlan>,
}
