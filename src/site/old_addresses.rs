//! Addresses that lead on: the `aliases` of plans, and the stable `[[addresses]]` of associations.
//!
//! In: all cards, and where each stable address leads. Out: a file for each that has its place to
//! itself, and what is wrong with the others.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use super::card::Card;
use super::config::Config;
use super::extras;
use super::files::{Claims, ContentFiles, PlanFile, RESERVED, is_reserved};
use super::route::OutputPath;
use crate::diagnostic::Diagnostic;
use crate::plan::slug::fold_case;
use crate::source::CONFIG;

/// Where an address leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// To this plan: an index into the content's plans.
    Plan(usize),
    /// To a page that says that the association of this name has no adopted plan.
    NoneAdopted(String),
}

/// An address that leads on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OldAddress {
    /// The file that makes it one.
    pub file: OutputPath,
    /// As it is written: `/strategicplan/`.
    pub written: String,
    pub to: Destination,
}

/// A finding, with the file it is in and the place there.
pub type Found = (String, Range<usize>, Diagnostic);

/// Gives each old address its file. Nothing else may be at these places, whether it is published
/// this time or not; what is not published has none.
///
/// `stable` says where each entry of `[[addresses]]` leads; `shown`, which plans are published.
pub fn places<'s>(
    cards: &'s [Card],
    content: &'s ContentFiles,
    config: &'s Config,
    stable: Vec<Option<Destination>>,
    shown: &dyn Fn(usize) -> bool,
) -> (Vec<OldAddress>, Vec<Found>) {
    let stable = config
        .addresses
        .iter()
        .zip(stable)
        .map(|(address, to)| (CONFIG.to_owned(), &address.path, to));
    let aliases = cards.iter().flat_map(|card| {
        let to = shown(card.plan).then_some(Destination::Plan(card.plan));
        let aliases = card.rare.aliases.iter();
        aliases.map(move |alias| (content.plans[card.plan].path(), alias, to.clone()))
    });
    let old: Vec<_> = stable.chain(aliases).collect();
    let (mut placed, mut found) = (Vec::new(), Vec::new());
    if old.is_empty() {
        return (placed, found);
    }
    let steps: HashSet<_> = old
        .iter()
        .map(|(_, address, _)| first_step(&address.value))
        .collect();
    let owners: Vec<String> = old
        .iter()
        .map(|(path, ..)| match path.as_str() {
            CONFIG => format!("an entry of [[addresses]] in {CONFIG}"),
            plan => format!("an alias in {plan}"),
        })
        .collect();
    let around = Around::new(content, steps);
    let mut claims = around.claims(content, old.len());
    // A plan with errors may have none; nothing is published then.
    let has_a_page = |to: &Destination| match to {
        Destination::Plan(plan) => !cards[*plan].faulty,
        Destination::NoneAdopted(_) => true,
    };
    for ((path, address, to), owner) in old.into_iter().zip(&owners) {
        let below = address.value.trim_matches('/');
        if is_reserved(below.split('/').next().unwrap_or_default()) {
            let error = Diagnostic::error(
                "reserved-name",
                format!(
                    "the address {} is reserved for the site itself",
                    address.value
                ),
            )
            .help(format!(
                "Choose another. Reserved at the top are: {}.",
                RESERVED.join(", ")
            ));
            found.push((path, address.span.clone(), error));
            continue;
        }
        let Some(file) = file_of(&address.value) else {
            continue;
        };
        if let Some(collision) = claims.claim(owner.as_str(), below, &file) {
            let error = Diagnostic::error("address-collision", format!("the address {} is taken: {}", address.value, collision.message))
                .help("An old address can lead to one place only, and to none where something else stands.");
            found.push((path, address.span.clone(), error));
        } else if let Some(to) = to.filter(has_a_page) {
            placed.push(OldAddress {
                file,
                written: address.value.clone(),
                to,
            });
        }
    }
    (placed, found)
}

/// The file that a web server finds at an address: itself where it has an ending, else the page in
/// the folder of that name.
fn file_of(address: &str) -> Option<OutputPath> {
    let below = address.trim_matches('/');
    let name = below.rsplit('/').next().unwrap_or_default();
    OutputPath::new(if name.contains('.') && !address.ends_with('/') {
        below.to_owned()
    } else {
        format!("{below}/index.html")
    })
}

/// What stands around old addresses. Only what begins alike can collide, and there are many plans
/// and few old addresses.
struct Around<'a> {
    first_steps: HashSet<Cow<'a, str>>,
    /// What planpress makes beside the pages: in words, and the file.
    made: Vec<(String, OutputPath)>,
}

impl<'a> Around<'a> {
    fn new(content: &ContentFiles, first_steps: HashSet<Cow<'a, str>>) -> Self {
        let mut made = Vec::new();
        let mut add = |owner: String, file: &str| {
            made.extend(OutputPath::new(file).map(|file| (owner, file)));
        };
        for name in extras::OF_THE_SITE {
            add(format!("the {name} of the site itself"), name);
        }
        let near = |plan: &&PlanFile| first_steps.contains(&first_step(plan.route.as_str()));
        for plan in content.plans.iter().filter(near) {
            for name in extras::OF_A_PLAN {
                let file = format!("{}/{name}", plan.route.as_str());
                add(format!("the {name} of {}", plan.path()), &file);
            }
        }
        Self { first_steps, made }
    }

    /// What is claimed before old addresses come, with room for these.
    fn claims<'c>(&'c self, content: &'c ContentFiles, old: usize) -> Claims<'c> {
        let mut claims = Claims::with_home_page(old);
        let near = |path: &str| self.first_steps.contains(&first_step(path));
        for plan in &content.plans {
            if near(plan.route.as_str()) {
                claims.claim(plan.path(), plan.id(), &plan.route.file());
            }
        }
        for file in &content.files {
            if near(file.output.as_str()) {
                claims.claim(file.path.as_str(), file.output.as_str(), &file.output);
            }
        }
        // Where a person has put a file of such a name, theirs is published: it was first.
        for (owner, file) in &self.made {
            claims.claim(owner.as_str(), file.as_str(), file);
        }
        claims
    }
}

/// The first segment of an address, letter case folded.
fn first_step(address: &str) -> Cow<'_, str> {
    let path = address.trim_start_matches('/');
    fold_case(path.split('/').next().unwrap_or_default())
}
