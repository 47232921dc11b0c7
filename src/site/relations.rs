//! How the plans of a site stand to each other: which came before which, which one is the home
//! page, where the stable addresses lead.
//!
//! In: all cards. Out: [`Relations`], and what is wrong with the names that the files use for
//! each other.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::anchors::LastAsked;
use super::card::Card;
use super::config::{Config, StableAddress};
use super::files::ContentFiles;
use super::old_addresses::{self, Destination, OldAddress};
use crate::diagnostic::{Diagnostic, SourceText};
use crate::plan::keys::nearest;
use crate::plan::model::At;
use crate::source::{CONFIG, CONTENT};

/// One plan for another: of many, few have one.
pub type Plans = BTreeMap<usize, usize>;

/// How the plans stand to each other. Plans are indices into the content's plans.
#[derive(Clone, Debug, Default)]
pub struct Relations {
    /// By plan: the plan before it.
    pub predecessors: Plans,
    /// By plan: the plan that took its place.
    pub successors: Plans,
    /// The plan that is the home page.
    pub home: Option<usize>,
    /// Old and stable addresses, and where they lead: those that have a place of their own.
    pub old_addresses: Vec<OldAddress>,
}

/// Gives the text of an input file again, so that a finding can be framed in it.
pub type Texts<'t> = dyn Fn(&str) -> SourceText + 't;

/// Relates the plans. `shown` says which plans are built; a page never names another.
pub fn relate(
    cards: &[Card],
    content: &ContentFiles,
    config: &Config,
    unpublished: bool,
    texts: &Texts,
) -> (Relations, Vec<Diagnostic>) {
    let mut relating = Relating {
        cards,
        content,
        config,
        unpublished,
        texts,
        diagnostics: Vec::new(),
    };
    let mut predecessors = relating.predecessors();
    let shown = predecessors
        .iter()
        .filter(|(later, _)| relating.shown(**later));
    let successors: Plans = shown.map(|(later, earlier)| (*earlier, *later)).collect();
    relating.adopted_but_superseded(&successors);
    let home = relating.home();
    let stable = config
        .addresses
        .iter()
        .map(|address| relating.address(address, &successors))
        .collect();
    let shown = |plan: usize| unpublished || cards[plan].publish;
    let (old_addresses, found) = old_addresses::places(cards, content, config, stable, &shown);
    for (path, span, found) in found {
        relating.report(&path, span, found);
    }
    relating.mentions();
    predecessors.retain(|_, earlier| relating.shown(*earlier));
    (
        Relations {
            predecessors,
            successors,
            home,
            old_addresses,
        },
        relating.diagnostics,
    )
}

/// A plan by the name that another file uses for it: its path below `content/`, or beside the file
/// that names it.
pub fn named(content: &ContentFiles, name: &str, beside: Option<&str>) -> Option<usize> {
    let id = name
        .strip_suffix(".toml")
        .unwrap_or(name)
        .trim_start_matches("./");
    let beside = beside
        .and_then(|other| other.rsplit_once('/'))
        .map(|(folder, _)| format!("{folder}/{id}"));
    beside
        .and_then(|id| content.plan(&id))
        .or_else(|| content.plan(id))
}

struct Relating<'s> {
    cards: &'s [Card],
    content: &'s ContentFiles,
    config: &'s Config,
    unpublished: bool,
    texts: &'s Texts<'s>,
    diagnostics: Vec<Diagnostic>,
}

impl<'s> Relating<'s> {
    fn shown(&self, plan: usize) -> bool {
        self.unpublished || self.cards[plan].publish
    }

    fn path(&self, plan: usize) -> String {
        self.content.plans[plan].path()
    }

    fn ids(&self) -> impl Iterator<Item = &str> {
        self.content.plans.iter().map(|plan| plan.id())
    }

    fn report(&mut self, path: &str, span: Range<usize>, diagnostic: Diagnostic) {
        let text = (self.texts)(path);
        self.diagnostics.push(diagnostic.at(&text, span));
    }

    /// `own` is the plan that names it, which never means itself.
    fn unknown(&self, name: &At<String>, what: &str, own: Option<usize>) -> Diagnostic {
        let others = self
            .ids()
            .enumerate()
            .filter(|(plan, _)| own != Some(*plan));
        let error = Diagnostic::error("unknown-plan", format!("there is no plan `{}`", name.value))
            .did_you_mean(nearest(&name.value, others.map(|(_, id)| id)));
        if name.value.contains("://") {
            return error.help("A plan on another site is named by its title and address: supersedes = { title = \"...\", url = \"https://...\" }");
        }
        error.help(format!("{what} is named by its file under {CONTENT}/, without the folder and the ending: content/ala-2025.toml is \"ala-2025\"."))
    }

    fn predecessors(&mut self) -> Plans {
        let mut found = Plans::new();
        let mut claimed = Plans::new();
        for (later, card) in self.cards.iter().enumerate() {
            let Some(name) = &card.rare.predecessor else {
                continue;
            };
            let path = &self.content.plans[later].path();
            let Some(earlier) = named(
                self.content,
                &name.value,
                Some(self.content.plans[later].id()),
            ) else {
                let error = self.unknown(name, "The plan before this one", Some(later));
                self.report(path, name.span.clone(), error);
                continue;
            };
            if let Some(&first) = claimed.get(&earlier) {
                let place = self.cards[first]
                    .rare
                    .predecessor
                    .as_ref()
                    .map(|name| (self.texts)(&self.path(first)).place(name.span.clone()));
                let mut error = Diagnostic::error(
                    "predecessor-claimed-twice",
                    format!(
                        "two plans say that they come after `{}`",
                        self.content.plans[earlier].id()
                    ),
                )
                .help("A plan has one successor: change `supersedes` in one of the two.");
                if let Some(place) = place {
                    error = error.also(place, "the other one");
                }
                self.report(path, name.span.clone(), error);
                continue;
            }
            claimed.insert(earlier, later);
            found.insert(later, earlier);
        }
        self.circles(&mut found);
        found
    }

    /// Plans that come after each other in a circle come after nothing.
    fn circles(&mut self, predecessors: &mut Plans) {
        // A plan has one predecessor and one successor at most, so a chain that comes back to a
        // plan comes back to its own start.
        let mut seen = HashSet::new();
        let later: Vec<usize> = predecessors.keys().copied().collect();
        for start in later {
            if !seen.insert(start) {
                continue;
            }
            let mut chain = vec![start];
            let mut at = start;
            while let Some(&earlier) = predecessors.get(&at) {
                if earlier == start {
                    self.circle(&chain);
                    for plan in &chain {
                        predecessors.remove(plan);
                    }
                    break;
                }
                if !seen.insert(earlier) {
                    break;
                }
                chain.push(earlier);
                at = earlier;
            }
        }
    }

    fn circle(&mut self, chain: &[usize]) {
        let Some(name) = self.cards[chain[0]].rare.predecessor.clone() else {
            return;
        };
        let ids: Vec<&str> = chain
            .iter()
            .chain([&chain[0]])
            .map(|plan| self.content.plans[*plan].id())
            .collect();
        let message = match chain {
            [_] => "this plan says that it comes after itself".to_owned(),
            _ => format!(
                "these plans come after each other in a circle: {}",
                ids.join(", ")
            ),
        };
        let error = Diagnostic::error("predecessor-circle", message)
            .help("The oldest of them supersedes nothing: take the key out there.");
        self.report(&self.path(chain[0]), name.span, error);
    }

    fn adopted_but_superseded(&mut self, successors: &Plans) {
        for (&plan, successor) in successors {
            let card = &self.cards[plan];
            let Some(status) = &card.status else {
                continue;
            };
            if status.value == "adopted" && !card.allows("adopted-but-superseded") {
                let warning = Diagnostic::warning("adopted-but-superseded", format!("this plan says \"adopted\", and `{}` supersedes it", self.content.plans[*successor].id()))
                    .help("Its page shows the banner \"superseded\" all the same. Write status = \"superseded\".");
                self.report(&self.path(plan), status.span.clone(), warning);
            }
        }
    }

    fn home(&mut self) -> Option<usize> {
        let name = self.config.home.clone()?;
        let found = named(self.content, &name.value, None);
        let error = match found {
            Some(plan) if self.shown(plan) => return Some(plan),
            Some(_) => Diagnostic::error(
                "unpublished-plan",
                format!("`{}` is the home page, but it is not published", name.value),
            )
            .help("Take `publish = false` out of the plan, or choose another home page."),
            None => self.unknown(&name, "The home page", None),
        };
        self.report(CONFIG, name.span, error);
        None
    }

    /// The adopted plan of an association that nothing supersedes, or that there is none.
    fn address(&mut self, address: &StableAddress, successors: &Plans) -> Option<Destination> {
        let known: Vec<&Card> = self
            .cards
            .iter()
            .filter(|card| card.belongs_to(&address.organization.value))
            .filter(|card| self.shown(card.plan))
            .collect();
        if known.is_empty() {
            if self.cards.iter().any(|card| card.faulty) {
                return None;
            }
            let names = self
                .cards
                .iter()
                .filter_map(|card| card.organization.as_deref())
                .flat_map(|organization| organization.acronym.iter().chain([&organization.name]));
            let mut names: Vec<&str> = names.map(String::as_str).collect();
            names.sort_unstable();
            names.dedup();
            let error = Diagnostic::error(
                "unknown-organization",
                format!("no plan belongs to `{}`", address.organization.value),
            )
            .did_you_mean(nearest(&address.organization.value, names.iter().copied()))
            .help("Write the association's acronym or name as the plans have it.");
            self.report(CONFIG, address.organization.span.clone(), error);
            return None;
        }
        let adopted: Vec<usize> = known
            .iter()
            .filter(|card| {
                card.status
                    .as_ref()
                    .is_some_and(|status| status.value == "adopted")
                    && !successors.contains_key(&card.plan)
            })
            .map(|card| card.plan)
            .collect();
        if let [first, second, ..] = adopted[..] {
            let error = Diagnostic::error(
                "two-adopted-plans",
                format!("two adopted plans belong to `{}`: {} and {}", address.organization.value, self.content.plans[first].id(), self.content.plans[second].id()),
            )
            .help("Say which one came later: add supersedes = \"...\" to it, or change the status of the other.");
            self.report(CONFIG, address.organization.span.clone(), error);
            return None;
        }
        Some(match adopted.first() {
            Some(plan) => Destination::Plan(*plan),
            None => Destination::NoneAdopted(address.organization.value.clone()),
        })
    }

    /// Links from plan to plan: the anchor must be there, and the plan published.
    fn mentions(&mut self) {
        for card in self.cards {
            let mut mentions: Vec<_> = card.rare.mentions.iter().collect();
            mentions.sort_by_key(|mention| mention.plan);
            let mut anchors = LastAsked::default();
            for mention in mentions {
                let other = &self.cards[mention.plan];
                let path = &self.path(card.plan);
                if !self.shown(mention.plan) && self.shown(card.plan) {
                    let error = Diagnostic::error(
                        "unpublished-plan",
                        format!(
                            "`{}` is not published, so nothing may link to it",
                            self.content.plans[mention.plan].id()
                        ),
                    )
                    .help("Take the link out, or take `publish = false` out of that plan.");
                    self.report(path, mention.span.clone(), error);
                } else if let Some(anchor) = &mention.anchor
                    && !other.faulty
                    && !anchors.has(mention.plan, &other.anchors, anchor)
                {
                    let text = (self.texts)(path);
                    self.diagnostics.push(crate::plan::anchors::missing(
                        &text,
                        &other.anchors.spelled().to_vec(),
                        anchor,
                        mention.span.clone(),
                    ));
                }
            }
        }
    }
}
