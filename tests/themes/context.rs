//! Pages to render: one with everything that a plan can say, one with next to nothing.

use std::borrow::Cow;
use std::collections::BTreeMap;

use planpress::site::context::*;
use planpress::site::feed::{FeedDetail, FeedEntry, FeedInfo, FeedPage};
use planpress::site::sitemap::{SitemapEntry, SitemapInfo, SitemapPage};
use planpress::theme::{Theme, Word};

/// Words for templates, from the theme's.
pub fn phrases(words: &BTreeMap<String, Word>) -> BTreeMap<String, Phrase> {
    words
        .iter()
        .map(|(name, word)| {
            (
                name.clone(),
                Phrase {
                    text: word.text.clone(),
                    lang: word.lang.clone(),
                },
            )
        })
        .collect()
}

pub fn phrase(text: &str) -> Phrase {
    Phrase {
        text: text.to_owned(),
        lang: None,
    }
}

fn some<T: From<&'static str>>(text: &'static str) -> Option<T> {
    Some(text.into())
}

fn html(text: &'static str) -> Option<Html<'static>> {
    Some(Html(text.into()))
}

fn date(datetime: &str, text: &str) -> Option<DateWords> {
    Some(DateWords {
        datetime: datetime.to_owned(),
        text: text.to_owned(),
    })
}

/// The same for a plan's terms.
fn terms(theme: &Theme, language: &str) -> BTreeMap<String, Shared<Phrase>> {
    let terms = phrases(&theme.words(language).terms).into_iter();
    terms.map(|(name, term)| (name, term.into())).collect()
}

fn named(id: &str, label: &str) -> Named {
    Named {
        id: id.to_owned(),
        label: phrase(label),
    }
}

fn organization() -> OrganizationInfo {
    OrganizationInfo {
        name: "American Library Association".into(),
        acronym: some("ALA"),
        url: some("https://www.ala.org/"),
    }
}

/// What every page has, with the theme's own words, assets and tokens.
pub fn common(theme: &Theme, kind: &'static str, language: &str) -> Common {
    Common {
        page: PageInfo {
            kind,
            title: "ALA Strategic Plan, draft | Strategic plans".into(),
            language: language.into(),
            direction: "ltr",
            description: some("A plan & its page."),
            canonical: some("https://example.org/ala-2025/"),
            noindex: true,
            open_graph: Some(OpenGraph {
                kind: "article",
                title: "ALA Strategic Plan".into(),
                locale: some("en_US"),
                image: some("https://example.org/files/logo.png"),
            }),
            json_ld: html(r#"{"@context":"https://schema.org"}"#),
            feed: some("../feed.xml"),
        },
        site: SiteInfo {
            title: "Strategic plans".into(),
            home: "../".into(),
            logo: None,
            contact: some("mailto:webmaster@example.org"),
            accessibility_statement: some("https://example.org/accessibility"),
        },
        words: phrases(&theme.words(language).words).into(),
        assets: theme
            .assets()
            .iter()
            .map(|asset| (asset.name.clone(), format!("../{}", asset.output)))
            .collect::<BTreeMap<_, _>>()
            .into(),
        tokens: theme.tokens().clone().into(),
    }
}

fn objective(id: String, code: String, text: &'static str) -> ObjectiveInfo<'static> {
    ObjectiveInfo {
        id: id.into(),
        text: html(text),
        name: None,
        code: code.into(),
        code_context: None,
        priority: None,
        details: None,
        initiatives: vec![],
        former_ids: vec![],
    }
}

fn objectives(label: &str, texts: &[&'static str]) -> Vec<ObjectiveInfo<'static>> {
    let numbered = texts.iter().zip(1..);
    let objective = |(text, n): (&&'static str, usize)| {
        let id = format!("{}-{n}", label.to_lowercase());
        objective(id, format!("{label}.{n}"), text)
    };
    numbered.map(objective).collect()
}

/// All of a domain's objectives, in one run.
fn fill(
    domain: &mut DomainInfo<'static>,
    name: Option<&'static str>,
    objectives: Vec<ObjectiveInfo<'static>>,
) {
    let name = name.map(Cow::Borrowed);
    let objectives: Vec<Valued<_>> = objectives.into_iter().map(Valued::from).collect();
    domain.objectives.clone_from(&objectives);
    domain.groups = vec![GroupInfo { name, objectives }];
}

fn domain(
    id: &'static str,
    label: &'static str,
    name: &'static str,
    goal: &'static str,
    texts: &[&'static str],
) -> DomainInfo<'static> {
    let mut domain = DomainInfo {
        id: id.into(),
        list_id: format!("list-{id}").into(),
        former_ids: vec![],
        label: some(label),
        name: some(name),
        hanging: Some(format!("{label}.").into()),
        heading_words: Html(name.into()),
        heading: Html(format!("{label}. {name}").into()),
        goal: html(goal),
        details: None,
        groups: vec![],
        objectives: vec![],
    };
    fill(&mut domain, None, objectives(label, texts));
    domain
}

const ADVOCACY: [&str; 3] = [
    "Expand partnerships with allied organizations at every level of government.",
    "Build an infrastructure for advocates &amp; friends.",
    "Equip library workers to speak for their communities.",
];

const MEMBERS: [&str; 2] = [
    "Redesign the membership model to improve flexibility and demonstrate value.",
    "Make every event a place to belong.",
];

fn domains() -> Vec<DomainInfo<'static>> {
    let mut domains = vec![
        domain(
            "advocacy",
            "A",
            "Advocacy",
            "Champion libraries and empower advocates to support our core values.",
            &ADVOCACY,
        ),
        domain(
            "member-experience",
            "B",
            "Member Experience",
            "Members find their place and their people in the association.",
            &MEMBERS,
        ),
        domain(
            "workforce",
            "C",
            "Workforce Development",
            "A workforce that reflects its communities.",
            &[
                "Open ways into the profession.",
                "Renew continuing education.",
            ],
        ),
        domain(
            "financial-sustainability",
            "D",
            "Financial Sustainability",
            "Resources that carry the mission through the coming decade.",
            &[
                "Diversify revenue.",
                "Publish a yearly account in plain words.",
            ],
        ),
    ];
    let first = &mut domains[0];
    first.former_ids = vec!["advocating".into()];
    first.details = Some(DomainDetails {
        question: html("How can we be <em>heard</em>?"),
        rationale: html("In order to be heard."),
        outcome: html("Advocates are equipped."),
        owners: vec!["Public Policy and Advocacy Office".into(), "Council".into()],
        note: html("Reviewed yearly."),
    });
    let mut advocacy = objectives("A", &ADVOCACY);
    let rich = &mut advocacy[1];
    rich.name = some("Infrastructure");
    rich.priority = Some(named("urgent", "urgent priority").into());
    rich.former_ids = vec!["a-2-old".into()];
    rich.code_context = some("Advocacy");
    rich.details = Some(ObjectiveDetails {
        start: date("2026", "2026"),
        due: date("2027-06", "June 2027"),
        owners: vec!["Advocacy Committee".into()],
        outcome: html("Advocates are ready."),
        note: html("See the <a href=\"https://example.org/\">last plan</a>."),
    });
    let mut survey = objective("a-2-1".into(), "A.2.1".into(), "Survey members.");
    survey.initiatives = vec![
        objective("a-2-1-1".into(), "A.2.1.1".into(), "Write the survey."),
        objective("a-2-1-2".into(), "A.2.1.2".into(), "Ask for consent."),
    ];
    rich.initiatives = vec![survey];
    fill(first, None, advocacy);
    fill(
        &mut domains[1],
        Some("Belonging"),
        objectives("B", &MEMBERS),
    );
    domains
}

fn part(id: &str, heading: Shared<Phrase>) -> Option<Shared<PartInfo>> {
    let id = id.into();
    Some(PartInfo { id, heading }.into())
}

fn entry(id: &str, text: &Phrase) -> NavigationEntry {
    NavigationEntry {
        href: format!("#{id}"),
        text: text.clone().into(),
        children: vec![],
    }
}

/// A plan with everything in it. A language the theme lacks shows its English words marked.
pub fn plan_page(theme: &Theme, language: &str) -> PlanPage<'static> {
    let terms = terms(theme, language);
    let domains = domains();
    let list = Phrase {
        text: "Strategic Objectives per Domain: List View".into(),
        lang: None,
    };
    let parts = Parts {
        letter: part("letter", terms["letter"].clone()),
        mission: part("mission", terms["mission"].clone()),
        vision: part("vision", terms["vision"].clone()),
        values: part("values", terms["values"].clone()),
        domains: part("domains", terms["domains"].clone()),
        matrix: part("matrix", terms["matrix"].clone()),
        list: part("list", list.into()),
        history: part("history", terms["history"].clone()),
    };
    let all = [
        &parts.letter,
        &parts.mission,
        &parts.vision,
        &parts.values,
        &parts.domains,
    ];
    let rest = [&parts.matrix, &parts.list, &parts.history];
    let mut navigation: Vec<Shared<NavigationEntry>> =
        vec![entry("preamble", &phrase("Preamble")).into()];
    navigation.extend(
        all.iter()
            .chain(&rest)
            .copied()
            .flatten()
            .map(|p| entry(&p.id, &p.heading).into()),
    );
    navigation[5].children = domains
        .iter()
        .map(|d| entry(&d.id, &phrase(&d.heading.0)))
        .collect();
    PlanPage {
        common: common(theme, "plan", language),
        terms: terms.into(),
        navigation,
        parts,
        plan: PlanInfo {
            data: DataInfo {
                json: some("plan.json"),
                csv: some("plan.csv"),
            },
            title: "ALA Strategic Plan".into(),
            subtitle: some("Draft for Council"),
            status: Some(named("draft", "Draft").into()),
            period: Some(
                Period {
                    start: date("2025", "2025"),
                    end: date("2028", "2028"),
                }
                .into(),
            ),
            organization: Some(organization()),
            description: html("A plan."),
            supersedes: Some(PlanLink {
                title: "Plan 2020".into(),
                href: "../ala-2020/".into(),
                lang: some("fr"),
            }),
            superseded_by: Some(PlanLink {
                title: "Plan 2029".into(),
                href: "../ala-2029/".into(),
                lang: some("fr"),
            }),
            sections_before: vec![SectionInfo {
                id: "preamble".into(),
                title: "Preamble".into(),
                body: Html("<p>Libraries have always been more than their shelves.</p>".into()),
            }],
            letter: Some(LetterInfo {
                date: date("2025-06-09", "June 9, 2025"),
                salutation: some("Dear ALA Council,"),
                body: html("<p>Here is the plan that we made together.</p>"),
                closing: some("With appreciation and in partnership,"),
                signature: Some(Signature {
                    name: some("Sam Helmick"),
                    role: some("ALA President-elect"),
                }),
            }),
            mission: html("Empowering and advocating for libraries and library workers."),
            vision: html("Libraries thrive so everyone can succeed."),
            values: vec![
                ValueInfo {
                    name: some("Access"),
                    description: None,
                },
                ValueInfo {
                    name: some("Equity"),
                    description: html("Everyone has a fair share."),
                },
                ValueInfo {
                    name: None,
                    description: html("We are committed to openness."),
                },
            ],
            counts: Counts {
                domains: 4,
                objectives: 9,
                initiatives: 3,
                marked: 1,
                objectives_marked: 1,
            },
            filter: Some(FilterInfo {
                shown_all: phrase("all 9 are shown."),
                shown_some: phrase("1 of 9 are shown."),
            }),
            domains,
            has_goals: true,
            sections_after: vec![SectionInfo {
                id: "appendix".into(),
                title: "Appendix".into(),
                body: Html("<p>Terms used.</p>".into()),
            }],
            history: vec![HistoryInfo {
                event: named("adopted", "Adopted"),
                date: date("2006-06", "June 2006").unwrap(),
                by: some("ALCTS Executive Board"),
                place: some("New Orleans"),
                document: some("CD#53"),
                vote: some("135-1"),
                note: html("With one amendment."),
            }],
            priorities: vec![PriorityInfo {
                id: "urgent".into(),
                label: phrase("urgent priority"),
                count: 1,
            }],
            source: some("https://www.ala.org/"),
            extra: serde_json::json!({ "color": "blue" }),
        },
    }
}

/// The smallest plan there is: a title, and one domain with one objective.
pub fn smallest_page(theme: &Theme) -> PlanPage<'static> {
    let mut page = plan_page(theme, "en");
    let mut domain = page.plan.domains.remove(2);
    domain.label = None;
    domain.goal = None;
    domain.objectives.truncate(1);
    domain.groups[0].objectives.truncate(1);
    page.common.page.description = None;
    page.common.page.canonical = None;
    page.common.page.noindex = false;
    page.common.page.open_graph = None;
    page.common.page.json_ld = None;
    page.common.page.feed = None;
    page.common.site.contact = None;
    page.common.site.accessibility_statement = None;
    page.parts = Parts {
        matrix: page.parts.matrix,
        list: page.parts.list,
        ..Parts::default()
    };
    let entries = [entry("matrix", &phrase("m")), entry("list", &phrase("l"))];
    page.navigation = entries.map(Shared::from).into();
    page.plan = PlanInfo {
        data: DataInfo::default(),
        title: "Strategic Plan".into(),
        subtitle: None,
        status: None,
        period: None,
        organization: None,
        description: None,
        supersedes: None,
        superseded_by: None,
        sections_before: vec![],
        letter: None,
        mission: None,
        vision: None,
        values: vec![],
        domains: vec![domain],
        has_goals: false,
        sections_after: vec![],
        history: vec![],
        priorities: vec![],
        counts: Counts {
            domains: 1,
            objectives: 1,
            initiatives: 0,
            marked: 0,
            objectives_marked: 0,
        },
        filter: None,
        source: None,
        extra: serde_json::Value::Null,
    };
    page
}

fn card(title: &str, status: Named) -> HomePlan {
    let period = Period {
        start: date("2025", "2025"),
        end: None,
    };
    let facts = HomeFacts {
        lang: some("fr"),
        status: Some(status.into()),
        period: Some(period.into()),
        organization: Some(organization()),
    };
    HomePlan {
        title: title.into(),
        subtitle: Some("A subtitle".into()),
        href: "ala-2025/".into(),
        description: Some("What it is <em>about</em>.".into()),
        facts: facts.into(),
    }
}

/// The page at an old address of a plan.
pub fn redirect_page(theme: &Theme, language: &str) -> RedirectPage {
    RedirectPage {
        common: common(theme, "redirect", language),
        redirect: RedirectInfo {
            title: "ALA Strategic Plan".into(),
            href: "../ala-2025/".into(),
        },
    }
}

/// The page of an association that has a draft alone.
pub fn address_page(theme: &Theme, language: &str) -> AddressPage {
    AddressPage {
        common: common(theme, "address", language),
        address: AddressInfo {
            organization: organization(),
            stages: vec![stage(
                "draft",
                card("ALA Strategic Plan", named("draft", "Draft")),
            )],
        },
    }
}

/// The page for addresses at which nothing is.
pub fn not_found_page(theme: &Theme, language: &str) -> NotFoundPage {
    NotFoundPage {
        common: common(theme, "not-found", language),
        not_found: NotFoundInfo {
            plans: vec![card("ALA Strategic Plan", named("draft", "Draft"))],
        },
    }
}

/// A home page with the plans of two associations.
pub fn home_page(theme: &Theme) -> HomePage {
    HomePage {
        common: common(theme, "home", "en"),
        home: HomeInfo {
            title: "Strategic plans".into(),
            groups: vec![
                current_and_draft(Some(organization())).into(),
                HomeGroup {
                    organization: Some(OrganizationInfo {
                        name: "ALCTS".into(),
                        acronym: None,
                        url: None,
                    }),
                    stages: vec![stage(
                        "earlier",
                        card("ALCTS Strategic Plan", named("superseded", "Superseded")),
                    )],
                }
                .into(),
            ],
        },
    }
}

/// A plan in force and a draft, below the name of their association or without one.
pub fn current_and_draft(organization: Option<OrganizationInfo>) -> HomeGroup {
    let current = card("ALA Plan 2020", named("adopted", "Adopted"));
    let draft = card("ALA Strategic Plan", named("draft", "Draft"));
    HomeGroup {
        organization,
        stages: vec![stage("current", current), stage("draft", draft)],
    }
}

fn stage(id: &'static str, plan: HomePlan) -> HomeStage {
    HomeStage {
        id,
        plans: vec![plan.into()],
    }
}

/// A feed with one entry.
pub fn feed() -> FeedPage {
    FeedPage {
        feed: FeedInfo {
            title: "Strategic plans".into(),
            language: "en".into(),
            address: "https://example.org/feed.xml".into(),
            home: "https://example.org/".into(),
            updated: "2006-06-01T00:00:00Z".into(),
            entries: vec![FeedEntry {
                id: "https://example.org/alcts/#adopted-2006-06".into(),
                event: named("adopted", "Adopted"),
                plan: "ALCTS Strategic Plan".into(),
                language: "en".into(),
                href: "https://example.org/alcts/#history".into(),
                updated: "2006-06-01T00:00:00Z".into(),
                date: date("2006-06", "June 2006").unwrap(),
                author: "ALCTS Executive Board".into(),
                details: vec![FeedDetail {
                    label: phrase("Place"),
                    text: "New Orleans".into(),
                }],
            }],
        },
    }
}

/// A list of a page and, as no such file has both, of a part.
pub fn sitemap() -> SitemapPage {
    SitemapPage {
        sitemap: SitemapInfo {
            parts: vec!["https://example.org/sitemap-1.xml".into()],
            pages: vec![SitemapEntry {
                address: "https://example.org/".into(),
                modified: some("2006-06-30"),
            }],
        },
    }
}
