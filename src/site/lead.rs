//! Pages at addresses that lead on: to a plan, or, while an association has adopted none, to those
//! that it has.

use super::Site;
use super::card::Card;
use super::context::*;
use super::home_page::in_order;
use super::listing::Listing;
use super::plan_page::{organization_info, page_title, title_with_years};
use super::relations::Relations;
use super::route::OutputPath;
use super::wording::pick;

/// The context of the page in `file` that leads from the address `written` to a plan. It speaks
/// the plan's language, as whoever comes there expects.
pub fn lead(site: &Site, card: &Card, written: &str, file: &OutputPath) -> RedirectPage {
    let stand = site.stand_of(file);
    let route = &site.content.plans[card.plan].route;
    let title = page_title(site, card);
    let page = PageInfo {
        kind: "redirect",
        // No two pages have one title (WCAG 2.4.2), and the plan's page has this one.
        title: format!("{written}: {title}"),
        language: card.language.to_string(),
        direction: card.language.direction(),
        canonical: site.config.base_url.page(route),
        noindex: !card.search,
        ..PageInfo::default()
    };
    RedirectPage {
        common: site.common(page, &stand),
        redirect: RedirectInfo {
            title: title_with_years(card),
            href: stand.to_page(route),
        },
    }
}

/// The context of the page in `file`, at the stable address `written` of an association that has
/// no adopted plan. What it is called is as its plans have it.
pub fn none_adopted(
    site: &Site,
    cards: &[Card],
    relations: &Relations,
    written: &str,
    association: &str,
    file: &OutputPath,
) -> AddressPage {
    let stand = site.stand_of(file);
    let mut plans = in_order(site, cards, relations);
    plans.retain(|card| card.belongs_to(association));
    let organization = plans.iter().find_map(|card| card.organization.as_deref());
    let organization = organization.map_or_else(
        || OrganizationInfo {
            name: association.to_owned(),
            acronym: None,
            url: None,
        },
        organization_info,
    );
    let language = &site.config.language;
    let words = site.words(language.as_str());
    let heading = pick(&words.words, "none_adopted").text;
    let page = PageInfo {
        kind: "address",
        // An association can have several such addresses, and each page a title of its own.
        title: format!("{heading} ({written}) | {}", organization.name),
        language: language.to_string(),
        direction: language.direction(),
        canonical: site.config.base_url.at(file),
        noindex: false,
        ..PageInfo::default()
    };
    // The page says it once for all whose plans these are.
    let stages = Listing::of_one(site, &stand).stages(&plans, relations);
    AddressPage {
        common: site.common(page, &stand),
        address: AddressInfo {
            organization,
            stages,
        },
    }
}
