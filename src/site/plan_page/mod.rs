//! A plan as its page's template sees it. Everything that stands on the page more than once (the
//! navigation and the headings, the matrix and the list view) is made from one source here.

mod domains;
mod marks;
mod navigation;

use std::sync::Arc;

use super::Site;
use super::card::Card;
use super::context::*;
use super::data::Data;
use super::links::Standpoint;
use super::route::Route;
use super::stand::{Reach, Stand};
use super::wording::{Called, Wording, date_words, pick};
use super::{feed, linked_data, open_graph};
use crate::plan::date::{Date, DateFormatter};
use crate::plan::language::Language;
use crate::plan::model::{self, Domain, Plan, Predecessor};
use crate::plan::text::Text;

/// The level of the headings of a page's parts, below the title.
const PART_LEVEL: u8 = 2;

/// The other plans that a plan's page names.
#[derive(Clone, Copy, Default)]
pub struct Neighbours<'c> {
    pub predecessor: Option<&'c Card>,
    pub successor: Option<&'c Card>,
}

impl<'c> Neighbours<'c> {
    /// Those that there are.
    pub fn all(self) -> impl Iterator<Item = &'c Card> {
        self.predecessor.into_iter().chain(self.successor)
    }

    /// True where there is any.
    pub fn are_any(self) -> bool {
        self.all().next().is_some()
    }
}

/// The context of a plan's page at `page`: its own address, or the home page.
pub fn plan_page<'p>(
    site: &Site,
    card: &Card,
    plan: &'p Plan,
    neighbours: Neighbours,
    page: &Route,
) -> PlanPage<'p> {
    written(site, card, plan, neighbours, &site.stand(page), PART_LEVEL)
}

/// The same for a page of another site, which has a title of its own: the headings of the plan's
/// parts are of level `part_level`, and whatever is not on that page is named by its whole address
/// (from the root of the host where `base_url` names none).
pub fn plan_elsewhere<'p>(
    site: &Site,
    card: &Card,
    plan: &'p Plan,
    neighbours: Neighbours,
    part_level: u8,
) -> PlanPage<'p> {
    let route = &site.content.plans[card.plan].route;
    let stand = Stand::of(&route.file(), Reach::Whole(&site.config.base_url));
    written(site, card, plan, neighbours, &stand, part_level)
}

fn written<'p>(
    site: &Site,
    card: &Card,
    plan: &'p Plan,
    neighbours: Neighbours,
    stand: &Stand,
    part_level: u8,
) -> PlanPage<'p> {
    let file = &site.content.plans[card.plan];
    let wording = site.wording(card.language.as_str());
    let writer = Writer {
        site,
        standpoint: Standpoint {
            content: site.content,
            plan: file.id(),
            stand,
            own: true,
        },
        part_level,
        dates: DateFormatter::new(&card.language),
        called: wording.called(&plan.terms),
        marks: marks::marks(plan, &wording.words),
        wording,
        domains: &plan.domains,
        language: &card.language,
    };
    let plan_info = writer.plan(card, plan, neighbours);
    let parts = writer.parts(plan);
    let description = description(plan);
    let canonical = site.config.base_url.page(&file.route);
    PlanPage {
        navigation: writer.navigation(plan, &parts),
        parts,
        plan: plan_info,
        common: site.common(
            PageInfo {
                kind: "plan",
                title: page_title(site, card),
                language: card.language.to_string(),
                direction: card.language.direction(),
                noindex: !card.search,
                open_graph: Some(open_graph::of_plan(site, card)),
                json_ld: Some(linked_data::of_plan(
                    card,
                    plan,
                    description.as_deref(),
                    canonical.as_deref(),
                )),
                feed: feed::on_plan_page(site, card, stand),
                description,
                canonical,
            },
            stand,
        ),
        terms: writer.called.terms,
    }
}

/// What the page is about, for search engines: in the plan's own words, its own first.
fn description(plan: &Plan) -> Option<String> {
    let goals = plan
        .domains
        .iter()
        .filter_map(|domain| domain.goal.as_ref());
    [&plan.description, &plan.mission, &plan.vision]
        .into_iter()
        .flatten()
        .chain(goals)
        .next()
        .map(|text| text.plain().into_owned())
}

/// The page's `<title>`: "page, status | association" (WCAG 2.4.2). The years stand in it where
/// the title itself does not begin to tell them.
pub fn page_title(site: &Site, card: &Card) -> String {
    let mut title = title_with_years(card);
    if let Some(status) = &card.status {
        let words = site.words(card.language.as_str());
        title = format!("{title}, {}", pick(&words.status, status.value).text);
    }
    let association = card
        .organization
        .as_ref()
        .map_or(site.config.title.as_str(), |organization| {
            organization.name.as_str()
        });
    format!("{title} | {association}")
}

/// The plan's title, and its years where the title does not tell them.
pub fn title_with_years(card: &Card) -> String {
    let Some(period) = &card.period else {
        return card.title.to_string();
    };
    let year = |date: &Option<Date>| date.as_ref().map(|date| date.year().to_string());
    let (start, end) = (year(&period.start), year(&period.end));
    let told = |year: &String| card.title.contains(year.as_str());
    if [&start, &end].into_iter().flatten().all(told) {
        return card.title.to_string();
    }
    let years = match (start, end) {
        (Some(start), Some(end)) if start == end => start,
        (start, end) => format!("{}–{}", start.unwrap_or_default(), end.unwrap_or_default()),
    };
    format!("{} {years}", &*card.title)
}

/// An association as templates see it.
pub fn organization_info(organization: &model::Organization) -> OrganizationInfo {
    OrganizationInfo {
        name: organization.name.clone(),
        acronym: organization.acronym.clone(),
        url: organization.url.clone(),
    }
}

struct Writer<'s> {
    site: &'s Site<'s>,
    standpoint: Standpoint<'s>,
    /// The level of the headings of the plan's parts; those in prose are below it.
    part_level: u8,
    dates: DateFormatter,
    wording: Arc<Wording>,
    called: Called,
    marks: Vec<marks::Mark>,
    domains: &'s [Domain],
    language: &'s Language,
}

impl Writer<'_> {
    fn html<'p>(&self, text: &'p Text) -> Html<'p> {
        Html(text.html(&mut |link| self.standpoint.href(link), self.part_level))
    }

    fn maybe<'p>(&self, text: &'p Option<Text>) -> Option<Html<'p>> {
        text.as_ref().map(|text| self.html(text))
    }

    fn plan<'p>(&self, card: &Card, plan: &'p Plan, neighbours: Neighbours) -> PlanInfo<'p> {
        let domains: Vec<DomainInfo> = plan
            .domains
            .iter()
            .map(|domain| self.domain(domain))
            .collect();
        let sections = |after: bool| {
            plan.sections
                .iter()
                .filter(|section| section.after == after)
                .map(|section| self.section(section))
                .collect()
        };
        let counts = counts(plan);
        PlanInfo {
            title: plan.title.clone(),
            subtitle: plan.subtitle.clone(),
            status: plan
                .status
                .as_ref()
                .map(|status| self.wording.status(status.value)),
            period: plan
                .period
                .as_ref()
                .map(|period| self.wording.period(&self.dates, period)),
            organization: card.organization.as_deref().map(organization_info),
            description: self.maybe(&plan.description),
            supersedes: match &plan.supersedes {
                Some(Predecessor::Elsewhere { title, url }) => Some(PlanLink {
                    title: title.clone(),
                    href: url.clone(),
                    lang: None,
                }),
                _ => neighbours
                    .predecessor
                    .map(|other| self.plan_link(other, card, neighbours.successor)),
            },
            superseded_by: neighbours
                .successor
                .map(|other| self.plan_link(other, card, neighbours.predecessor)),
            sections_before: sections(false),
            letter: plan.letter.as_ref().map(|letter| self.letter(letter)),
            mission: self.maybe(&plan.mission),
            vision: self.maybe(&plan.vision),
            values: plan
                .values
                .iter()
                .map(|value| ValueInfo {
                    name: value.name.as_ref().map(|name| name.value.as_str().into()),
                    description: self.maybe(&value.description),
                })
                .collect(),
            has_goals: domains.iter().any(|domain| domain.goal.is_some()),
            domains,
            sections_after: sections(true),
            history: plan.history.iter().map(|event| self.event(event)).collect(),
            priorities: self.used_priorities(),
            filter: self.filter(&counts),
            counts,
            source: plan.source.clone(),
            data: self.data(card),
            extra: plan.extra.clone(),
        }
    }

    /// A link to another plan. Where this plan or the one on its other side is called the same, the
    /// years tell them apart: no two links may say the same and lead elsewhere (WCAG 2.4.9).
    fn plan_link(&self, other: &Card, own: &Card, beyond: Option<&Card>) -> PlanLink {
        let alike = |card: &Card| card.title == other.title;
        PlanLink {
            title: if alike(own) || beyond.is_some_and(alike) {
                title_with_years(other)
            } else {
                other.title.to_string()
            },
            href: self
                .standpoint
                .stand
                .to_page(&self.site.content.plans[other.plan].route),
            lang: (other.language != *self.language).then(|| other.language.to_string()),
        }
    }

    fn data(&self, card: &Card) -> DataInfo {
        let mut info = DataInfo::default();
        for file in self.site.data_files(card) {
            let href = Some(self.standpoint.stand.to_file(&file.path));
            match file.data {
                Data::Json => info.json = href,
                Data::Csv => info.csv = href,
            }
        }
        info
    }

    fn filter(&self, counts: &Counts) -> Option<FilterInfo> {
        let (all, shown) = (counts.objectives, counts.objectives_marked);
        let words = &self.wording.words.words;
        let sentence = |name| {
            let Phrase { text, lang } = pick(words, name);
            let text = text.replace("{all}", &all.to_string());
            let text = text.replace("{shown}", &shown.to_string());
            Phrase { text, lang }
        };
        (shown > 0 && shown < all).then(|| FilterInfo {
            shown_all: sentence("shown_all"),
            shown_some: sentence("shown_some"),
        })
    }

    fn section<'p>(&self, section: &'p model::Section) -> SectionInfo<'p> {
        SectionInfo {
            id: section.anchor.clone(),
            title: section.title.value.clone(),
            body: section
                .body
                .as_ref()
                .map_or_else(|| Html("".into()), |body| self.html(body)),
        }
    }

    fn letter<'p>(&self, letter: &'p model::Letter) -> LetterInfo<'p> {
        LetterInfo {
            date: letter
                .date
                .as_ref()
                .map(|date| date_words(&self.dates, date)),
            salutation: letter.salutation.clone(),
            body: self.maybe(&letter.body),
            closing: letter.closing.clone(),
            signature: letter.signature.as_ref().map(|signature| Signature {
                name: signature.name.clone(),
                role: signature.role.clone(),
            }),
        }
    }

    fn event<'p>(&self, event: &'p model::Event) -> HistoryInfo<'p> {
        HistoryInfo {
            event: Named {
                id: event.event.to_owned(),
                label: pick(&self.wording.words.events, event.event),
            },
            date: date_words(&self.dates, &event.date),
            by: event.by.clone(),
            place: event.place.clone(),
            document: event.document.clone(),
            vote: event.vote.clone(),
            note: self.maybe(&event.note),
        }
    }
}

fn counts(plan: &Plan) -> Counts {
    let objectives = plan
        .domains
        .iter()
        .map(|domain| domain.objectives.len())
        .sum();
    let objectives_marked = plan
        .domains
        .iter()
        .flat_map(|domain| &domain.objectives)
        .filter(|objective| objective.holds_a_mark())
        .count();
    let (mut all, mut marked) = (0, 0);
    plan.walk_objectives(&mut |objective| {
        all += 1;
        marked += usize::from(objective.priority.is_some());
    });
    Counts {
        domains: plan.domains.len(),
        objectives,
        initiatives: all - objectives,
        marked,
        objectives_marked,
    }
}
