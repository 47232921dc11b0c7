//! What other sites and programs show of a link to a page: the Open Graph protocol.
//!
//! In: the site and a card. Out: what the protocol asks for and the page does not have already. Its
//! addresses are absolute, so that without a host there are none.

use super::Site;
use super::card::Card;
use super::context::OpenGraph;

/// Pictures that every reader of the protocol shows; many do not know SVG.
const PICTURES: [&str; 3] = ["png", "jpg", "jpeg"];

/// Of a plan's page: the plan, under its own title.
pub fn of_plan(site: &Site, card: &Card) -> OpenGraph {
    OpenGraph {
        kind: "article",
        title: card.title.to_string(),
        locale: card.language.with_country(),
        image: picture(site),
    }
}

/// Of the home page that lists the plans.
pub fn of_home(site: &Site) -> OpenGraph {
    OpenGraph {
        kind: "website",
        title: site.config.title.clone(),
        locale: site.config.language.with_country(),
        image: picture(site),
    }
}

fn picture(site: &Site) -> Option<String> {
    let logo = site.content.file(&site.config.logo.as_ref()?.value)?;
    let (_, ending) = logo.output.as_str().rsplit_once('.')?;
    PICTURES
        .contains(&ending.to_ascii_lowercase().as_str())
        .then(|| site.config.base_url.file(&logo.output))?
}
