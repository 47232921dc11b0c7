//! A page for machines: what search engines and catalogues are told of it in the words of
//! schema.org, as JSON-LD.
//!
//! In: a plan and its card, or the site. Out: JSON that can stand in a `script` element whatever
//! an author writes. It says what the plan is, whose and of when, and does not repeat what the
//! page says anyway. How plans follow each other has no word in schema.org: `plans.json` tells.

use serde_json::{Map, Value, json};

use super::Site;
use super::card::Card;
use super::context::Html;
use crate::plan::model::{Organization, Period, Plan};

/// Of a plan's page.
pub fn of_plan(
    card: &Card,
    plan: &Plan,
    description: Option<&str>,
    address: Option<&str>,
) -> Html<'static> {
    let adopted = card.events.iter().find(|event| event.event == "adopted");
    script([
        ("@context", Some(json!("https://schema.org"))),
        ("@type", Some(json!("CreativeWork"))),
        ("genre", Some(json!("Strategic plan"))),
        ("name", Some(json!(card.title))),
        (
            "alternativeHeadline",
            plan.subtitle.as_ref().map(|text| json!(text)),
        ),
        ("description", description.map(|text| json!(text))),
        ("url", address.map(|url| json!(url))),
        ("inLanguage", Some(json!(card.language.as_str()))),
        (
            "creativeWorkStatus",
            card.status.as_ref().map(|status| json!(status.value)),
        ),
        (
            "temporalCoverage",
            card.period.as_ref().map(|period| json!(interval(period))),
        ),
        (
            "datePublished",
            adopted.map(|event| json!(event.date.iso())),
        ),
        ("author", card.organization.as_deref().map(organization)),
        ("isBasedOn", plan.source.as_ref().map(|url| json!(url))),
    ])
}

/// Of the home page that lists the plans.
pub fn of_home(site: &Site, address: Option<&str>) -> Html<'static> {
    let config = site.config;
    script([
        ("@context", Some(json!("https://schema.org"))),
        ("@type", Some(json!("WebSite"))),
        ("name", Some(json!(config.title))),
        ("url", address.map(|url| json!(url))),
        ("inLanguage", Some(json!(config.language.as_str()))),
        ("publisher", config.organization.as_ref().map(organization)),
    ])
}

/// ISO 8601-2: an end that is not known is `..`.
fn interval(period: &Period) -> String {
    let end = |date: Option<crate::plan::date::Date>| {
        date.map_or_else(|| "..".to_owned(), |date| date.iso())
    };
    format!("{}/{}", end(period.start), end(period.end))
}

fn organization(organization: &Organization) -> Value {
    object([
        ("@type", Some(json!("Organization"))),
        ("name", Some(json!(organization.name))),
        (
            "alternateName",
            organization.acronym.as_ref().map(|text| json!(text)),
        ),
        ("url", organization.url.as_ref().map(|url| json!(url))),
    ])
}

/// An object without the keys that have nothing to say.
fn object<const N: usize>(fields: [(&str, Option<Value>); N]) -> Value {
    let fields = fields
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(fields.collect::<Map<_, _>>())
}

/// JSON in which nothing means anything to HTML: neither `</script>` nor `<!--` (HTML, 13.2.5.4
/// and 4.12.1.3), nor the line breaks of JavaScript that JSON lets through.
fn script<const N: usize>(fields: [(&str, Option<Value>); N]) -> Html<'static> {
    let json = object(fields).to_string();
    let mut text = String::with_capacity(json.len());
    let mut rest = json.as_str();
    while let Some(at) = rest.find(['<', '>', '&', '\u{2028}', '\u{2029}']) {
        let mut behind = rest[at..].chars();
        text.push_str(&rest[..at]);
        let sign = behind.next().map_or(0, u32::from);
        text.push_str(&format!("\\u{sign:04x}"));
        rest = behind.as_str();
    }
    Html((text + rest).into())
}
