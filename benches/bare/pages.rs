//! The pages, and the files about the whole site.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::json;
use tera::{Context, Map, Tera, Value};

use super::plan::{Card, Objective, Plan, Written};
use super::{ADDRESS, Result};

const TITLE: &str = "Plans of many associations";

/// So many of the latest events stand in the feed.
const LATEST: usize = 100;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub fn templates() -> Result<Tera> {
    let mut templates = Tera::default();
    templates.add_raw_templates([
        ("plan.html", include_str!("plan.html")),
        ("home.html", include_str!("home.html")),
        ("feed.xml", include_str!("feed.xml")),
        ("sitemap.xml", include_str!("sitemap.xml")),
    ])?;
    Ok(templates)
}

pub fn plan(
    templates: &Tera,
    plan: &Plan,
    earlier: Option<&Card>,
    later: Option<&Card>,
) -> Result<String> {
    let objectives = || plan.domains.iter().flat_map(|domain| &domain.objectives);
    let marked = objectives().filter(|objective| !objective.priority.is_empty());
    let mut context = Context::new();
    for (name, text) in [
        ("address", ADDRESS),
        ("site", TITLE),
        ("id", plan.id),
        ("title", plan.title),
        ("language", plan.language),
        ("status", plan.status),
        ("start", plan.period.start),
        ("end", plan.period.end),
        ("description", plan.description),
        ("organization", plan.organization.name),
    ] {
        context.insert_value(name, Value::from(text));
    }
    context.insert_value("status_name", capital(plan.status).into());
    context.insert_value("linked_data", linked_data(plan)?.into());
    context.insert_value("mission", safe(&Written::new(plan.mission)));
    context.insert_value("vision", safe(&Written::new(plan.vision)));
    let values = plan.values.iter().map(|value| Value::from(value.name));
    context.insert_value("values", values.collect::<Vec<_>>().into());
    context.insert_value("objectives", objectives().count().into());
    context.insert_value("marked", marked.count().into());
    context.insert_value("earlier", earlier.map_or_else(Value::none, link));
    context.insert_value("later", later.map_or_else(Value::none, link));
    let history = plan.history.iter().map(|event| {
        map([
            ("name", capital(event.event).into()),
            ("date", event.date.into()),
            ("date_words", date_words(event.date).into()),
            ("by", event.by.into()),
        ])
    });
    context.insert_value("history", history.collect::<Vec<_>>().into());
    let domains = plan.domains.iter().map(|domain| {
        map([
            ("label", domain.label.into()),
            ("name", domain.name.into()),
            ("anchor", domain.anchor.as_str().into()),
            ("goal", safe(&domain.written)),
            ("objectives", list(&domain.objectives)),
        ])
    });
    context.insert_value("domains", domains.collect::<Vec<_>>().into());
    Ok(templates.render("plan.html", &context)?)
}

fn list(objectives: &[Objective]) -> Value {
    let value = |objective: &Objective| {
        map([
            ("code", objective.code.as_str().into()),
            ("anchor", objective.anchor.as_str().into()),
            ("text", safe(&objective.written)),
            ("priority", objective.priority.into()),
            ("initiatives", list(&objective.initiatives)),
        ])
    };
    objectives.iter().map(value).collect::<Vec<_>>().into()
}

/// The home page, `plans.json`, the sitemap and the feed.
pub fn of_the_site(
    templates: &Tera,
    cards: &[Card],
    earlier: &[Option<&Card>],
    later: &[Option<&Card>],
) -> Result<[(&'static str, Vec<u8>); 4]> {
    let mut associations: BTreeMap<&str, [Vec<usize>; 2]> = BTreeMap::new();
    for (at, card) in cards.iter().enumerate() {
        let stage = usize::from(card.status == "superseded");
        associations.entry(&card.organization).or_default()[stage].push(at);
    }
    for plans in associations.values_mut().flatten() {
        plans.sort_unstable_by_key(|&at| Reverse(&cards[at].start));
    }

    let groups = associations.iter().map(|(name, [current, before])| {
        let cards = |plans: &[usize]| -> Value {
            let cards = plans.iter().map(|&at| card(&cards[at]));
            cards.collect::<Vec<_>>().into()
        };
        map([
            ("name", (*name).into()),
            ("current", cards(current)),
            ("earlier", cards(before)),
        ])
    });
    let mut context = Context::new();
    context.insert_value("title", TITLE.into());
    context.insert_value("address", ADDRESS.into());
    context.insert_value("groups", groups.collect::<Vec<_>>().into());
    let ids = cards.iter().map(|card| Value::from(card.id.as_str()));
    context.insert_value("ids", ids.collect::<Vec<_>>().into());

    let other = |card: Option<&Card>| {
        card.map(|card| json!({ "title": card.title, "url": format!("{ADDRESS}{}/", card.id) }))
    };
    let plans = associations.values().flatten().flatten().map(|&at| {
        let card = &cards[at];
        let current = card.status != "superseded";
        json!({
            "title": card.title,
            "subtitle": null,
            "url": format!("{ADDRESS}{}/", card.id),
            "data": format!("{ADDRESS}{}/plan.json", card.id),
            "language": "en",
            "stage": if current { "current" } else { "earlier" },
            "status": card.status,
            "period": { "start": card.start, "end": card.end },
            "organization": { "name": card.organization, "acronym": card.acronym, "url": null },
            "supersedes": other(earlier[at]),
            "superseded_by": other(later[at]),
        })
    });
    let plans = json!({
        "title": TITLE, "url": ADDRESS, "language": "en", "plans": plans.collect::<Vec<_>>()
    });
    let mut latest: Vec<&Card> = cards.iter().collect();
    latest.sort_by_key(|card| Reverse(&card.date));
    latest.truncate(LATEST);
    let entries = latest.iter().map(|card| {
        map([
            ("id", card.id.as_str().into()),
            ("title", card.title.as_str().into()),
            ("date", card.date.as_str().into()),
            ("date_words", date_words(&card.date).into()),
            ("by", card.by.as_str().into()),
        ])
    });
    context.insert_value("entries", entries.collect::<Vec<_>>().into());
    Ok([
        (
            "index.html",
            templates.render("home.html", &context)?.into_bytes(),
        ),
        ("plans.json", serde_json::to_vec_pretty(&plans)?),
        (
            "sitemap.xml",
            templates.render("sitemap.xml", &context)?.into_bytes(),
        ),
        (
            "feed.xml",
            templates.render("feed.xml", &context)?.into_bytes(),
        ),
    ])
}

fn card(card: &Card) -> Value {
    map([
        ("id", card.id.as_str().into()),
        ("title", card.title.as_str().into()),
        ("status", card.status.as_str().into()),
        ("status_name", capital(&card.status).into()),
        ("start", card.start.as_str().into()),
        ("end", card.end.as_str().into()),
        ("description", safe(&Written::new(&card.description))),
    ])
}

fn link(card: &Card) -> Value {
    map([
        ("id", card.id.as_str().into()),
        ("title", card.title.as_str().into()),
    ])
}

fn linked_data(plan: &Plan) -> Result<String> {
    let data = json!({
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "genre": "Strategic plan",
        "name": plan.title,
        "description": plan.description,
        "url": format!("{ADDRESS}{}/", plan.id),
        "inLanguage": plan.language,
        "creativeWorkStatus": plan.status,
        "temporalCoverage": format!("{}/{}", plan.period.start, plan.period.end),
        "datePublished": plan.history.first().map(|event| event.date),
        "author": {
            "@type": "Organization",
            "name": plan.organization.name,
            "alternateName": plan.organization.acronym,
        },
    });
    Ok(serde_json::to_string(&data)?)
}

/// "May 2006" of "2006-05".
fn date_words(date: &str) -> String {
    let (year, month) = date.split_once('-').unwrap_or((date, ""));
    let month = month
        .parse()
        .ok()
        .and_then(|month: usize| MONTHS.get(month - 1));
    format!("{} {year}", month.unwrap_or(&""))
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

fn safe(text: &Written) -> Value {
    Value::safe_string(&text.html)
}

fn map<const N: usize>(fields: [(&'static str, Value); N]) -> Value {
    let fields = fields.into_iter().map(|(name, value)| (name.into(), value));
    fields.collect::<Map>().into()
}
