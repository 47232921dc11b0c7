//! From TOML to a plan, with its Markdown as HTML and as plain words. Whatever is not there is empty.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use serde::Serialize;
use tera::escape_html;
use toml::de::{DeTable, DeValue};

/// A plan as `plan.json` has it, and beside that (skipped there) what its page and table are made of.
#[derive(Serialize)]
pub struct Plan<'t> {
    #[serde(skip)]
    pub id: &'t str,
    pub title: &'t str,
    pub language: &'t str,
    pub status: &'t str,
    pub period: Period<'t>,
    pub description: &'t str,
    pub mission: &'t str,
    pub vision: &'t str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<&'t str>,
    pub values: Vec<Value<'t>>,
    pub organization: Organization<'t>,
    pub history: Vec<Happened<'t>>,
    pub domains: Vec<Domain<'t>>,
}

#[derive(Clone, Serialize)]
pub struct Period<'t> {
    pub start: &'t str,
    pub end: &'t str,
}

#[derive(Serialize)]
pub struct Value<'t> {
    pub name: &'t str,
}

#[derive(Serialize)]
pub struct Organization<'t> {
    pub name: &'t str,
    pub acronym: &'t str,
}

#[derive(Clone, Serialize)]
pub struct Happened<'t> {
    pub event: &'t str,
    pub date: &'t str,
    pub by: &'t str,
}

#[derive(Serialize)]
pub struct Domain<'t> {
    pub label: &'t str,
    pub name: &'t str,
    pub goal: &'t str,
    pub objectives: Vec<Objective<'t>>,
    #[serde(skip)]
    pub anchor: String,
    #[serde(skip)]
    pub written: Written,
}

#[derive(Serialize)]
pub struct Objective<'t> {
    pub text: &'t str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub priority: &'t str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub initiatives: Vec<Objective<'t>>,
    #[serde(skip)]
    pub code: String,
    #[serde(skip)]
    pub anchor: String,
    #[serde(skip)]
    pub written: Written,
}

/// What the pages of other plans, and of the site, need of a plan.
pub struct Card {
    pub id: String,
    pub title: String,
    pub status: String,
    pub start: String,
    pub end: String,
    pub description: String,
    pub organization: String,
    pub acronym: String,
    pub supersedes: Option<String>,
    pub date: String,
    pub by: String,
}

impl<'t> Plan<'t> {
    pub fn new(id: &'t str, table: &'t DeTable<'t>) -> Self {
        let period = inner(table, "period");
        let organization = inner(table, "organization");
        Self {
            id,
            title: text(table, "title"),
            language: text(table, "language"),
            status: text(table, "status"),
            period: Period {
                start: text(period, "start"),
                end: text(period, "end"),
            },
            description: text(table, "description"),
            mission: text(table, "mission"),
            vision: text(table, "vision"),
            supersedes: table.get("supersedes").map(|value| words(value.get_ref())),
            values: list(table, "values")
                .map(|value| Value { name: words(value) })
                .collect(),
            organization: Organization {
                name: text(organization, "name"),
                acronym: text(organization, "acronym"),
            },
            history: list(table, "history")
                .filter_map(DeValue::as_table)
                .map(Happened::new)
                .collect(),
            domains: list(table, "domains")
                .filter_map(DeValue::as_table)
                .map(Domain::new)
                .collect(),
        }
    }

    pub fn card(&self) -> Card {
        let adopted = self.history.first();
        Card {
            id: self.id.to_owned(),
            title: self.title.to_owned(),
            status: self.status.to_owned(),
            start: self.period.start.to_owned(),
            end: self.period.end.to_owned(),
            description: self.description.to_owned(),
            organization: self.organization.name.to_owned(),
            acronym: self.organization.acronym.to_owned(),
            supersedes: self.supersedes.map(str::to_owned),
            date: adopted.map_or("", |event| event.date).to_owned(),
            by: adopted.map_or("", |event| event.by).to_owned(),
        }
    }
}

impl<'t> Happened<'t> {
    fn new(table: &'t DeTable<'t>) -> Self {
        Self {
            event: text(table, "event"),
            date: text(table, "date"),
            by: text(table, "by"),
        }
    }
}

impl<'t> Domain<'t> {
    fn new(table: &'t DeTable<'t>) -> Self {
        let label = text(table, "label");
        let name = text(table, "name");
        let words = name.split(|c: char| !c.is_alphanumeric());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let goal = text(table, "goal");
        Self {
            label,
            name,
            goal,
            objectives: objectives(table, "objectives", label, '.'),
            anchor: words.join("-").to_lowercase(),
            written: Written::new(goal),
        }
    }
}

fn objectives<'t>(
    table: &'t DeTable<'t>,
    key: &str,
    above: &str,
    separator: char,
) -> Vec<Objective<'t>> {
    let objective = |(at, value): (usize, &'t DeValue<'t>)| {
        let code = format!("{above}{separator}{}", at + 1);
        let table = value.as_table();
        let said = table.map_or_else(|| words(value), |table| text(table, "text"));
        Objective {
            text: said,
            priority: table.map_or("", |table| text(table, "priority")),
            initiatives: table.map_or_else(Vec::new, |table| {
                objectives(table, "initiatives", &code, '.')
            }),
            anchor: code.replace('.', "-").to_lowercase(),
            code,
            written: Written::new(said),
        }
    };
    list(table, key).enumerate().map(objective).collect()
}

fn text<'t>(table: &'t DeTable<'t>, key: &str) -> &'t str {
    table.get(key).map_or("", |value| words(value.get_ref()))
}

fn words<'t>(value: &'t DeValue<'t>) -> &'t str {
    match value {
        DeValue::String(words) => words,
        DeValue::Integer(number) => number.as_str(),
        _ => "",
    }
}

fn inner<'t>(table: &'t DeTable<'t>, key: &str) -> &'t DeTable<'t> {
    let inner = table.get(key).and_then(|value| value.get_ref().as_table());
    inner.unwrap_or(table)
}

fn list<'t>(table: &'t DeTable<'t>, key: &str) -> impl Iterator<Item = &'t DeValue<'t>> {
    let list = table.get(key).and_then(|value| value.get_ref().as_array());
    list.into_iter().flatten().map(|value| value.get_ref())
}

/// A text of Markdown on one line.
#[derive(Default)]
pub struct Written {
    pub html: String,
    pub plain: String,
}

impl Written {
    pub fn new(markdown: &str) -> Self {
        let mut html = Vec::with_capacity(markdown.len() + 32);
        let mut plain = String::with_capacity(markdown.len());
        for event in Parser::new(markdown) {
            let tag = match event {
                Event::Text(words) | Event::Code(words) => {
                    plain.push_str(&words);
                    // Writing to memory cannot fail.
                    let _ = escape_html(&words, &mut html);
                    continue;
                }
                Event::Start(Tag::Emphasis) => "<em>",
                Event::End(TagEnd::Emphasis) => "</em>",
                Event::Start(Tag::Strong) => "<strong>",
                Event::End(TagEnd::Strong) => "</strong>",
                Event::Start(Tag::Link { dest_url, .. }) => {
                    html.extend_from_slice(b"<a href=\"");
                    let _ = escape_html(&dest_url, &mut html);
                    "\">"
                }
                Event::End(TagEnd::Link) => "</a>",
                _ => "",
            };
            html.extend_from_slice(tag.as_bytes());
        }
        Self {
            html: String::from_utf8_lossy(&html).into_owned(),
            plain,
        }
    }
}
