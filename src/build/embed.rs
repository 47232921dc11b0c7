//! One plan as a fragment for the page of another site.
//!
//! The plan goes the way that it goes in a build, up to the context of its page; what the page says
//! of other plans needs their cards, so all plans are read. Nothing is written.

use super::inputs::Inputs;
use super::memo::Past;
use super::named::plan_named;
use super::promises::Promises;
use super::second_pass::SecondPass;
use super::sink::Nothing;
use super::walk::{InCommon, Reading, Walk};
use super::{Options, workers};
use crate::diagnostic::{self, Diagnostic, Failure};
use crate::render::embed::{self, Fragment, IdPrefix, Profile, Shape};
use crate::site::stand::{Reach, Stand};
use crate::site::{self, Site};
use crate::source::CONTENT;

/// Which plan, and how.
#[derive(Clone, Debug)]
pub struct Wish {
    /// The plan's file, with or without `content/` and `.toml`.
    pub plan: String,
    /// What the other site takes.
    pub profile: Profile,
    /// The level of the headings of the plan's parts, from 2 to 6.
    pub heading_level: u8,
    /// What is put before every id.
    pub id_prefix: IdPrefix,
}

/// What came of a wish.
#[derive(Debug)]
pub struct Embedded {
    /// What was found in the plan, the settings and the theme. Other plans may hold what they like.
    pub diagnostics: Vec<Diagnostic>,
    /// `None` where there is an error among them.
    pub fragment: Option<Fragment>,
    /// The plan's file: `content/ala-2025.toml`.
    pub path: String,
    /// False where the plan is not published by the site itself.
    pub published: bool,
}

/// Makes the fragment of one plan.
///
/// # Errors
///
/// There is no such plan, or the inputs cannot be read.
pub fn embed(options: &Options, wish: &Wish) -> Result<Embedded, Failure> {
    let Inputs {
        snapshot,
        config,
        config_text,
        theme,
        content,
        mut diagnostics,
    } = Inputs::open(options)?;
    let promises = Promises::read(&snapshot)?;
    diagnostics.extend(
        promises
            .into_iter()
            .flat_map(|promises| promises.diagnostics),
    );
    let plan = plan_named(&content, &wish.plan)?;
    let file = &content.plans[plan];
    let site = theme
        .as_ref()
        .map(|theme| Site::new(&config, &content, theme, options.edition()));
    let walk = Walk {
        snapshot: &snapshot,
        config: &config,
        content: &content,
        site: site.as_ref(),
        sink: &Nothing,
        past: Past::default(),
        in_common: InCommon::default(),
    };
    let carded = workers::run(options.threads, content.plans.len(), |index| {
        let reading = Reading::of(snapshot.read(&content.plans[index].path())?);
        let carded = walk.card(index, &reading);
        Ok((carded, (index == plan).then_some(reading)))
    })?;
    let mut cards = Vec::with_capacity(carded.len());
    let mut own = None;
    for (carded, reading) in carded {
        own = own.or(reading);
        diagnostics.extend(carded.diagnostics);
        diagnostics.extend(carded.references);
        cards.push(carded.card);
    }
    let rest = SecondPass {
        options,
        walk: &walk,
        cards: &cards,
        config_text: &config_text,
    };
    let (relations, found) = rest.relate();
    diagnostics.extend(found);
    let path = file.path();
    diagnostics.retain(|found| concerns(found, &path));
    diagnostic::sort(&mut diagnostics);
    let sound = !diagnostics.iter().any(Diagnostic::is_error);
    let fragment = match (&site, &own) {
        (Some(site), Some(own)) if sound => {
            let neighbours = rest.neighbours(plan, &relations);
            let page = site::plan_elsewhere(
                site,
                &cards[plan],
                &own.plan,
                neighbours,
                wish.heading_level,
            );
            let stand = Stand::of(&file.route.file(), Reach::Whole(&config.base_url));
            let shape = Shape {
                profile: wish.profile,
                heading_level: wish.heading_level,
                id_prefix: wish.id_prefix.clone(),
                own_address: stand.to_page(&file.route),
            };
            Some(embed::fragment(&page, &shape)?)
        }
        _ => None,
    };
    Ok(Embedded {
        diagnostics,
        fragment,
        path,
        published: cards[plan].publish,
    })
}

/// True for a finding that has to do with the plan at that path: in its own file, or in what is the
/// same for all plans.
fn concerns(found: &Diagnostic, path: &str) -> bool {
    let place = found.place.as_ref().map(diagnostic::Place::path);
    place.is_none_or(|place| place == path || !place.starts_with(&format!("{CONTENT}/")))
}
