//! What the published edition of a site has, and which promises would be broken.
//!
//! In: the cards of all plans, and the lock. Out: a finding for each address or anchor that is
//! promised and no longer there, with the line that keeps it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::{Lock, Promises, nfc, written};
use crate::diagnostic::{Diagnostic, Severity, SourceText, counted, nearest};
use crate::plan::anchors::{LIST_PREFIX, RESERVED};
use crate::site::card::Card;
use crate::site::config::Config;
use crate::site::files::ContentFiles;
use crate::site::frozen::FrozenPage;
use crate::source::LOCK;

/// True for an anchor that may be made of a place in a list: `a-3`.
fn is_a_place(anchor: &str) -> bool {
    let last = anchor.rsplit('-').next().unwrap_or_default();
    last != anchor && last.bytes().all(|byte| byte.is_ascii_digit())
}

/// The only anchor that is the same place in another list: `b-3` for `a-3`. Places are so much alike that of
/// several none is nearer than the others.
fn only_one_there<'a>(anchor: &str, new: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let (_, place) = anchor.split_once('-')?;
    let mut same = new.filter(|other| other.split_once('-').is_some_and(|(_, own)| own == place));
    same.next().filter(|_| same.next().is_none())
}

/// From so many lost anchors of one page on, they are one finding.
const MANY: usize = 8;

/// What is at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum There {
    /// A page without anchors that are promised: the home page, or an address that leads to another plan
    /// from time to time.
    Page,
    /// A plan's page, or what leads to it.
    Plan(usize),
    /// A plan that is not published.
    Hidden(usize),
}

/// What the published edition of the site has.
pub struct Present<'s> {
    pub cards: &'s [Card],
    pub content: &'s ContentFiles,
    pub config: &'s Config,
    /// True where the settings have errors, so that addresses may be lacking.
    pub in_doubt: bool,
}

impl Present<'_> {
    /// What is there now, by address.
    pub(super) fn addresses(&self) -> BTreeMap<String, There> {
        let mut all = BTreeMap::new();
        for card in self.cards {
            let there = if card.publish {
                There::Plan(card.plan)
            } else {
                There::Hidden(card.plan)
            };
            let own = self.own_address(card.plan);
            for address in card.rare.aliases.iter().map(|alias| written(&alias.value)) {
                if card.publish || !all.contains_key(&address) {
                    all.insert(address, there);
                }
            }
            if card.publish || !all.contains_key(&own) {
                all.insert(own, there);
            }
        }
        // Where such an association has no adopted plan, a page says so.
        for address in &self.config.addresses {
            all.insert(written(&address.path.value), There::Page);
        }
        all.insert("/".to_owned(), There::Page);
        all
    }

    pub(super) fn own_address(&self, plan: usize) -> String {
        nfc(&self.content.plans[plan].route.path()).into_owned()
    }

    pub(super) fn frozen(&self, plan: usize) -> Option<&FrozenPage> {
        self.content.frozen.page(self.content.plans[plan].id())
    }

    /// The anchors that a plan's page has: what its file says, or what was frozen.
    fn anchors(&self, plan: usize) -> HashSet<String> {
        match self.frozen(plan) {
            Some(page) => page.anchors().map(str::to_owned).collect(),
            None => self.cards[plan]
                .anchors
                .spelled()
                .iter()
                .map(str::to_owned)
                .collect(),
        }
    }

    /// True where nothing is to be said of a promise of the lock: an address, or an anchor of it.
    /// Where a file has errors, what seems lost may only be what could not be read.
    pub(super) fn keeps(
        &self,
        there: &BTreeMap<String, There>,
        (address, anchor): (&str, Option<&str>),
    ) -> bool {
        match there.get(address) {
            Some(There::Page) => true,
            Some(There::Plan(plan)) => {
                let card = &self.cards[*plan];
                let has = |anchor| {
                    self.anchors(*plan)
                        .into_iter()
                        .any(|own| nfc(&own) == anchor)
                };
                card.faulty || card.partial || anchor.is_none_or(has)
            }
            Some(There::Hidden(plan)) => self.cards[*plan].faulty,
            None => self.is_in_doubt(),
        }
    }

    fn is_in_doubt(&self) -> bool {
        self.in_doubt || self.cards.iter().any(|card| card.faulty)
    }

    /// A finding for each promise of the lock that would be broken. Where a file has errors, what
    /// seems lost may only be what could not be read.
    pub fn lost(&self, lock: &Lock, source: &SourceText, severity: Severity) -> Vec<Diagnostic> {
        let in_doubt = self.is_in_doubt();
        let there = self.addresses();
        let mut found = Vec::new();
        for (address, promised) in lock.by_address() {
            match there.get(address) {
                Some(There::Page) => {}
                Some(There::Plan(plan)) => {
                    let card = &self.cards[*plan];
                    if !(card.faulty || card.partial) {
                        found.extend(self.lost_anchors(lock, source, address, &promised, card));
                    }
                }
                Some(There::Hidden(plan)) if self.cards[*plan].faulty => {}
                None if in_doubt => {}
                gone => found.push(
                    self.lost_address(lock, address, &promised, gone.copied())
                        .at(source, promised.line.clone()),
                ),
            }
        }
        for diagnostic in &mut found {
            diagnostic.severity = severity;
        }
        found
    }

    fn lost_address(
        &self,
        lock: &Lock,
        address: &str,
        promised: &Promises,
        there: Option<There>,
    ) -> Diagnostic {
        let (and_anchors, and_lines) = match promised.anchors.len() {
            0 => (String::new(), String::new()),
            number => (
                format!(", and {} with it", counted(number, "anchor")),
                format!(", and those that begin with {address}#"),
            ),
        };
        let lost = Diagnostic::warning(
            "lost-address",
            format!("{address} is promised, but no longer there{and_anchors}"),
        );
        let lost = match there {
            Some(There::Hidden(plan)) => lost.help(format!(
                "Take `publish = false` out of {}.",
                self.content.plans[plan].path()
            )),
            _ => match self.likeliest(lock, address, promised) {
                Some(plan) => lost.help(self.alias_to_add(address, plan)),
                None => lost.help(format!(
                    "In the file of the plan that took its place, add: aliases = [\"{address}\"]"
                )),
            },
        };
        lost.help(format!(
            "To take the promise back, delete this line from {LOCK}{and_lines}."
        ))
    }

    fn alias_to_add(&self, address: &str, plan: usize) -> String {
        let path = &self.content.plans[plan].path();
        let aliases = &self.cards[plan].rare.aliases;
        if aliases.is_empty() {
            return format!(
                "If {path} took its place, add this line there, above the first heading: aliases = [\"{address}\"]"
            );
        }
        let all: Vec<String> = aliases
            .iter()
            .map(|alias| alias.value.as_str())
            .chain([address])
            .map(|alias| format!("\"{alias}\""))
            .collect();
        format!(
            "If {path} took its place, change its line to: aliases = [{}]",
            all.join(", ")
        )
    }

    /// The plan that most likely took the place of one that is gone: a new one, with a name much
    /// like it, or else the only one with the most of its own anchors.
    fn likeliest(&self, lock: &Lock, address: &str, promised: &Promises) -> Option<usize> {
        let shown = || {
            self.cards
                .iter()
                .filter(|card| card.publish && !card.faulty)
        };
        let is_new = |card: &&Card| !lock.holds(&self.own_address(card.plan));
        let shares = |card: &Card| {
            let has = self.anchors(card.plan);
            let own =
                |anchor: &&&str| !RESERVED.contains(*anchor) && !anchor.starts_with(LIST_PREFIX);
            let kept = promised.anchors.keys().filter(own);
            kept.filter(|anchor| has.contains(**anchor)).count()
        };
        let id = |card: &Card| self.content.plans[card.plan].id();
        let gone = address.trim_matches('/');
        let alike = nearest(gone, shown().filter(is_new).map(id))
            .or_else(|| nearest(gone, shown().map(id)))
            .and_then(|id| self.content.plan(id));
        alike.or_else(|| {
            let mut likely: Vec<_> = shown()
                .map(|card| ((is_new(&card), shares(card)), card.plan))
                .filter(|(likelihood, _)| *likelihood > (false, 0))
                .collect();
            likely.sort_by_key(|(likelihood, _)| std::cmp::Reverse(*likelihood));
            match likely[..] {
                [(first, plan), (second, _), ..] if first > second => Some(plan),
                [(_, plan)] => Some(plan),
                _ => None,
            }
        })
    }

    fn lost_anchors(
        &self,
        lock: &Lock,
        source: &SourceText,
        address: &str,
        promised: &Promises,
        card: &Card,
    ) -> Vec<Diagnostic> {
        let has = self.anchors(card.plan);
        let has: HashSet<Cow<str>> = has.iter().map(|anchor| nfc(anchor)).collect();
        let lost: BTreeSet<&str> = promised
            .anchors
            .keys()
            .filter(|anchor| !has.contains(**anchor))
            .copied()
            .collect();
        let is_told_with_its_domain = |anchor: &str| {
            let domain = anchor.strip_prefix(LIST_PREFIX);
            domain.is_some_and(|domain| lost.contains(domain))
        };
        let told: Vec<&str> = lost
            .iter()
            .filter(|anchor| !is_told_with_its_domain(anchor))
            .copied()
            .collect();
        let Some(first) = told.first() else {
            return Vec::new();
        };
        if told.len() > MANY {
            let found = self.many_anchors(address, &lost, card);
            return vec![found.at(source, promised.anchors[first].clone())];
        }
        told.into_iter()
            .map(|anchor| {
                let listed = format!("{LIST_PREFIX}{anchor}");
                let listed = lost.get(listed.as_str()).copied();
                self.lost_anchor(lock, address, anchor, listed, card)
                    .at(source, promised.anchors[anchor].clone())
            })
            .collect()
    }

    /// `listed` is the anchor of the same domain in the list view, where that is lost with it.
    fn lost_anchor(
        &self,
        lock: &Lock,
        address: &str,
        anchor: &str,
        listed: Option<&str>,
        card: &Card,
    ) -> Diagnostic {
        let file = &self.content.plans[card.plan];
        let path = &file.path();
        let lost = Diagnostic::warning(
            "lost-anchor",
            match listed {
                Some(listed) => format!(
                    "#{anchor} and #{listed} of {address} are promised, but no longer there"
                ),
                None => format!("#{anchor} of {address} is promised, but no longer there"),
            },
        );
        let lost = if let Some(domain) = anchor.strip_prefix(LIST_PREFIX) {
            lost.help(if self.anchors(card.plan).contains(domain) {
                format!("The list view has no such domain, since it has no objectives any more in {path}.")
            } else {
                format!("A domain's anchor in the list view follows its own. Add to the domain that it was, in {path}: former_ids = [\"{domain}\"]")
            })
        } else if RESERVED.contains(&anchor) {
            lost.help(format!(
                "It is a part of the page that {path} had and no longer has."
            ))
        } else {
            let own = self.own_address(card.plan);
            let has = self.anchors(card.plan);
            let new = has
                .iter()
                .map(String::as_str)
                .filter(|anchor| !lock.holds(&format!("{own}#{anchor}")));
            let now = if is_a_place(anchor) {
                only_one_there(anchor, new)
            } else {
                nearest(anchor, new)
            };
            let what = match now {
                Some(now) => format!("what is #{now} now"),
                None => "the domain or objective that it was".to_owned(),
            };
            lost.help(format!("Add to {what}, in {path}: former_ids = [\"{anchor}\"]. A section keeps its anchor with id = \"{anchor}\"."))
        };
        let lost = if is_a_place(anchor) {
            lost.help(format!("Did one before it go, or change its place? Then those behind it have moved up, and their anchors lead to others now. Give each the number that it had: label = \"...\", or id = \"{anchor}\"."))
        } else {
            lost
        };
        self.for_frozen(lost, card).help(match listed {
            Some(listed) => format!(
                "To take the promises back, delete this line from {LOCK}, and that of #{listed}."
            ),
            None => format!("To take the promise back, delete this line from {LOCK}."),
        })
    }

    fn many_anchors(&self, address: &str, lost: &BTreeSet<&str>, card: &Card) -> Diagnostic {
        let path = &self.content.plans[card.plan].path();
        let some: Vec<String> = lost
            .iter()
            .take(3)
            .map(|anchor| format!("#{anchor}"))
            .collect();
        let found = Diagnostic::warning(
            "lost-anchor",
            format!(
                "{} of {address} are promised, but no longer there: {} and {} more",
                counted(lost.len(), "anchor"),
                some.join(", "),
                lost.len() - some.len()
            ),
        )
        .help(format!("Add to each domain and objective of {path} what it was called before: former_ids = [\"{}\"]", lost.first().copied().unwrap_or_default()))
        .help(format!("If it is another plan now, give it a file of its own and put the earlier one back. To take the promises back, delete the lines from {LOCK}."));
        self.for_frozen(found, card)
    }

    fn for_frozen(&self, found: Diagnostic, card: &Card) -> Diagnostic {
        let id = &self.content.plans[card.plan].id();
        if self.content.frozen.page(id).is_none() {
            return found;
        }
        found.help(format!("The page is frozen: `planpress thaw {id}` before, and `planpress freeze {id}` when that is done."))
    }
}
