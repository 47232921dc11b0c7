//! Which anchors a fragment carries, and where the links to the others lead.

use std::collections::{HashMap, HashSet};

use super::rules::{Fate, is_heading};
use super::tokens::Token;
use super::{LostAnchors, Profile};

/// The anchors of a fragment, without their prefix.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    carried: HashSet<String>,
    /// Those that cannot be carried, with the heading above, which can.
    moved: HashMap<String, String>,
    pub(super) lost: Vec<LostAnchors>,
}

impl Anchors {
    /// Looks through everything that is to be let through or not.
    pub(super) fn of(tokens: &[Token], profile: Profile) -> Self {
        let mut anchors = Self::default();
        let mut heading: Option<&str> = None;
        for token in tokens {
            let Token::Start(tag) = token else { continue };
            let Some(id) = tag.get("id") else { continue };
            if profile.fate(&tag.name) == Fate::Kept && profile.takes(&tag.name, "id") {
                anchors.carried.insert(id.to_owned());
                if is_heading(&tag.name) {
                    heading = Some(id);
                }
            } else {
                anchors.lose(id, heading);
            }
        }
        anchors
    }

    fn lose(&mut self, id: &str, heading: Option<&str>) {
        if let Some(heading) = heading {
            self.moved.insert(id.to_owned(), heading.to_owned());
        }
        let group = self
            .lost
            .iter_mut()
            .find(|group| group.heading.as_deref() == heading);
        match group {
            Some(group) => group.anchors.push(id.to_owned()),
            None => self.lost.push(LostAnchors {
                heading: heading.map(str::to_owned),
                anchors: vec![id.to_owned()],
            }),
        }
    }

    /// The anchor in the fragment that a link to this one leads to.
    pub(super) fn target<'a>(&'a self, anchor: &'a str) -> Option<&'a str> {
        if self.carried.contains(anchor) {
            Some(anchor)
        } else {
            self.moved.get(anchor).map(String::as_str)
        }
    }
}
