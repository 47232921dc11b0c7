//! A page for machines: what search engines and catalogues are told of it in the words of
//! schema.org, as JSON-LD.
//!
//! In: a plan and its card, or the site. Out: JSON that can stand in a `script` element whatever
//! an author writes. It says what the plan is, whose and of when, and does not repeat what the
//! page says anyway. How plans follow each other has no word in schema.org: `plans.json` tells.

use serde::Serialize;

use super::Site;
use super::card::Card;
use super::context::Html;
use crate::plan::date::Date;
use crate::plan::model::{self, Period, Plan};
use crate::plan::text::glance;

#[derive(Serialize)]
struct Document<T: Serialize> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(flatten)]
    about: T,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
struct CreativeWork<'p> {
    genre: &'static str,
    name: &'p str,
    #[serde(skip_serializing_if = "Option::is_none")]
    alternative_headline: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'p str>,
    in_language: &'p str,
    #[serde(skip_serializing_if = "Option::is_none")]
    creative_work_status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temporal_coverage: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<Organization<'p>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_based_on: Option<&'p str>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
struct WebSite<'s> {
    name: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'s str>,
    in_language: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Organization<'s>>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
struct Organization<'p> {
    name: &'p str,
    #[serde(skip_serializing_if = "Option::is_none")]
    alternate_name: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'p str>,
}

impl<'p> From<&'p model::Organization> for Organization<'p> {
    fn from(organization: &'p model::Organization) -> Self {
        Self {
            name: &organization.name,
            alternate_name: organization.acronym.as_deref(),
            url: organization.url.as_deref(),
        }
    }
}

/// Of a plan's page.
pub fn of_plan(
    card: &Card,
    plan: &Plan,
    description: Option<&str>,
    address: Option<&str>,
) -> Html<'static> {
    let adopted = card.events.iter().find(|event| event.event == "adopted");
    script(CreativeWork {
        genre: "Strategic plan",
        name: &card.title,
        alternative_headline: plan.subtitle.as_deref(),
        description,
        url: address,
        in_language: card.language.as_str(),
        creative_work_status: card.status.as_ref().map(|status| status.value),
        temporal_coverage: card.period.as_ref().map(interval),
        date_published: adopted.map(|event| event.date.iso()),
        author: card.organization.as_deref().map(Organization::from),
        is_based_on: plan.source.as_deref(),
    })
}

/// Of the home page that lists the plans.
pub fn of_home(site: &Site, address: Option<&str>) -> Html<'static> {
    let config = site.config;
    script(WebSite {
        name: &config.title,
        url: address,
        in_language: config.language.as_str(),
        publisher: config.organization.as_ref().map(Organization::from),
    })
}

/// ISO 8601-2: an end that is not known is `..`.
fn interval(period: &Period) -> String {
    let end = |date: Option<Date>| date.map_or_else(|| "..".to_owned(), |date| date.iso());
    [end(period.start), end(period.end)].join("/")
}

/// JSON in which nothing means anything to HTML: neither `</script>` nor `<!--` (HTML, 13.2.5.4
/// and 4.12.1.3), nor the line breaks of JavaScript that JSON lets through; nor a single quote, which
/// no finished HTML holds.
fn script(about: impl Serialize) -> Html<'static> {
    let context = "https://schema.org";
    // Words alone always become JSON.
    let json = serde_json::to_string(&Document { context, about }).unwrap_or_default();
    // In UTF-8 U+2028 begins with E2.
    let may_mean = |byte| matches!(byte, b'<' | b'>' | b'&' | b'\'' | 0xe2);
    if !glance::any(&json, may_mean) {
        return Html(json.into());
    }
    let mut text = String::with_capacity(json.len());
    let mut rest = json.as_str();
    while let Some(at) = rest.find(['<', '>', '&', '\'', '\u{2028}', '\u{2029}']) {
        let mut behind = rest[at..].chars();
        text.push_str(&rest[..at]);
        let sign = behind.next().map_or(0, u32::from);
        text.push_str(&format!("\\u{sign:04x}"));
        rest = behind.as_str();
    }
    Html((text + rest).into())
}
