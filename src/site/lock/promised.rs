//! What the site promises, in the order in which the lock has it, one after another.
//!
//! In: the cards of all plans. Out: each promise as a line of the lock. They are made where they
//! are asked for, since a plan has many anchors and all of them together need not be held.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::iter::Peekable;
use std::vec::IntoIter;

use super::lost::{Present, There};
use super::{is_anchor, is_promise, nfc};
use crate::site::anchors::Spelled;

/// The promises of a site, sorted. The anchors are named with the plan's own address only: an
/// address that redirects does not hand them on.
pub struct Promised<'s> {
    present: &'s Present<'s>,
    addresses: Peekable<IntoIter<(String, There)>>,
    /// Plans whose addresses have come, and whose anchors have not: the first to come is last.
    waiting: Vec<(String, usize)>,
    /// The anchors of one plan, sorted, and how many of them have come.
    anchors: Spelled,
    come: usize,
    /// The promise that has come last.
    line: String,
    /// How much of it is the address and the `#`, where it is an anchor's.
    address: usize,
    is_over: bool,
}

impl<'s> Promised<'s> {
    /// Begins before the first.
    pub(super) fn new(present: &'s Present<'s>, addresses: &BTreeMap<String, There>) -> Self {
        let published = addresses
            .iter()
            .filter(|(_, there)| !matches!(there, There::Hidden(_)))
            .map(|(address, there)| (address.clone(), *there));
        Self {
            present,
            addresses: published.collect::<Vec<_>>().into_iter().peekable(),
            waiting: Vec::new(),
            anchors: Spelled::default(),
            come: 0,
            line: String::new(),
            address: 0,
            is_over: false,
        }
    }

    /// Goes on to the next promise, and gives it.
    pub fn advance(&mut self) -> Option<&str> {
        loop {
            if let Some(anchor) = self.anchors.get(self.come) {
                self.come += 1;
                self.line.truncate(self.address);
                self.line.push_str(anchor);
                return Some(&self.line);
            }
            let next = self.addresses.peek().map(|(address, _)| address.as_str());
            let are_next =
                |(address, _): &mut (String, usize)| next.is_none_or(|next| precede(address, next));
            if let Some((address, plan)) = self.waiting.pop_if(are_next) {
                self.line = address + "#";
                self.address = self.line.len();
                self.take_anchors(plan);
                continue;
            }
            let Some((address, there)) = self.addresses.next() else {
                self.is_over = true;
                return None;
            };
            // What cannot be read back is no promise; its file has an error then.
            let is_promised = is_promise(&address);
            self.line.clone_from(&address);
            if let There::Plan(plan) = there
                && is_promised
                && address == self.present.own_address(plan)
            {
                self.waiting.push((address, plan));
            }
            if is_promised {
                return Some(&self.line);
            }
        }
    }

    /// The promise that came last; `None` behind the last of all.
    pub fn current(&self) -> Option<&str> {
        (!self.is_over).then_some(self.line.as_str())
    }

    /// Goes on to the anchors that a plan's page promises.
    fn take_anchors(&mut self, plan: usize) {
        let frozen = self.present.frozen(plan);
        let on_page: Option<HashSet<&str>> = frozen.map(|page| page.anchors().collect());
        self.come = 0;
        self.present.cards[plan].anchors.spell(&mut self.anchors);
        self.anchors.retain(|anchor| {
            let on_page = on_page.as_ref();
            is_anchor(anchor) && on_page.is_none_or(|page| page.contains(anchor))
        });
        self.anchors.respell(|anchor| match nfc(anchor) {
            Cow::Borrowed(_) => None,
            Cow::Owned(respelled) => Some(respelled),
        });
        self.anchors.sort();
    }
}

/// True where the anchors of an address sort before another address, which sorts behind it.
fn precede(address: &str, other: &str) -> bool {
    match other.strip_prefix(address) {
        Some(rest) => "#" < rest,
        None => true,
    }
}
