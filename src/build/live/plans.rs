//! The plans of an open site: their cards as they are shown, and what was found in their files.
//!
//! While a plan's file has an error, the plan is shown as it last was without one; what its file
//! says now is pending.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::build::walk::{Carded, Reading, Walk};
use crate::diagnostic::Diagnostic;
use crate::site::{Card, ContentFiles};
use crate::source::Input;

/// How many bytes of text are kept of plans that are read together, so that a plan whose file has
/// an error by now can be shown as it was. Those that are looked at or edited are kept beyond it.
pub const KEPT_TEXT: usize = 32 << 20;

/// A plan's file as it was read.
pub struct Version {
    pub card: Card,
    /// Of the file's bytes.
    digest: blake3::Hash,
    /// `None` where too many other texts are kept.
    pub text: Option<Arc<str>>,
}

/// One plan.
pub struct Entry {
    /// Counts the versions that were shown.
    pub version: u64,
    /// The text that is shown.
    pub text: Option<Arc<str>>,
    /// Of the file that had this text.
    pub digest: blake3::Hash,
    /// True where what is shown was without an error once.
    good: bool,
    /// What the file says now, while that is not shown.
    pending: Option<Box<Version>>,
    /// What is wrong with what the file says.
    own: Vec<Diagnostic>,
    /// What is wrong with the files that it names.
    references: Vec<Diagnostic>,
}

/// What a reading of a plan's file came to.
pub struct Read {
    version: Version,
    own: Vec<Diagnostic>,
    references: Vec<Diagnostic>,
}

impl Read {
    /// Lets the text go.
    pub fn without_text(mut self) -> Self {
        self.version.text = None;
        self
    }

    /// The length of the text in bytes.
    pub fn length(&self) -> usize {
        self.version.text.as_ref().map_or(0, |text| text.len())
    }

    /// Reads a plan's file, whose bytes have this digest.
    pub fn new(walk: &Walk, index: usize, input: Input, digest: blake3::Hash) -> Self {
        let reading = Reading::of(input);
        let Carded {
            card,
            diagnostics,
            references,
        } = walk.card(index, &reading);
        Self {
            version: Version {
                card,
                digest,
                text: Some(reading.source.into_text()),
            },
            own: diagnostics,
            references,
        }
    }

    /// A file that could not be read.
    pub fn unreadable(walk: &Walk, index: usize, found: Diagnostic) -> Self {
        let path = walk.content.plans[index].path();
        let bytes = Vec::new();
        let digest = blake3::hash(&bytes);
        let mut read = Self::new(walk, index, Input { path, bytes }, digest);
        read.version.card.faulty = true;
        read.own = vec![found];
        read
    }
}

/// All plans, in the order of the site's files.
#[derive(Default)]
pub struct Plans {
    pub entries: Vec<Entry>,
    /// As they are shown.
    pub cards: Vec<Card>,
    /// Counts the versions of all plans.
    version: u64,
    /// Counts the changes of cards: of what pages say of plans that are not their own.
    pub cards_version: u64,
}

impl Plans {
    /// Puts the plans in the order of a new list of files. `fresh` holds what was read anew, all
    /// new files among it; `references` says again what is wrong with the files that a plan names.
    pub fn arrange(
        &mut self,
        before: &[String],
        now: &ContentFiles,
        mut fresh: HashMap<usize, Read>,
        references: &dyn Fn(&Card) -> Vec<Diagnostic>,
    ) {
        let entries = std::mem::take(&mut self.entries);
        let cards = std::mem::take(&mut self.cards);
        let mut known: HashMap<&str, (Entry, Card)> = before
            .iter()
            .map(String::as_str)
            .zip(entries.into_iter().zip(cards))
            .collect();
        for (index, plan) in now.plans.iter().enumerate() {
            let read = fresh.remove(&index);
            match (known.remove(plan.path().as_str()), read) {
                (Some((entry, card)), read) => {
                    self.entries.push(entry);
                    self.cards.push(card);
                    self.place(index, now, references);
                    if let Some(read) = read {
                        self.read(index, read);
                    }
                }
                (None, Some(read)) => self.add(read),
                (None, None) => unreachable!("every new plan was read"),
            }
        }
        self.cards_version += 1;
    }

    fn add(&mut self, read: Read) {
        let Read {
            version: Version { card, digest, text },
            own,
            references,
        } = read;
        self.version += 1;
        self.cards.push(card);
        self.entries.push(Entry {
            version: self.version,
            text,
            digest,
            good: false,
            pending: None,
            own,
            references,
        });
    }

    /// Gives a plan its place in a new list of files.
    fn place(
        &mut self,
        index: usize,
        content: &ContentFiles,
        references: &dyn Fn(&Card) -> Vec<Diagnostic>,
    ) {
        let (entry, shown) = (&mut self.entries[index], &mut self.cards[index]);
        shown.place(index, content);
        let mut present = match entry.pending.take() {
            Some(mut pending) => {
                pending.card.place(index, content);
                *pending
            }
            // The files of the site decide nothing for a plan that names none.
            None if shown.rare.links.is_empty() => return,
            None => Version {
                card: shown.clone(),
                digest: entry.digest,
                text: entry.text.clone(),
            },
        };
        entry.references = references(&present.card);
        present.card.faulty = entry.findings().any(Diagnostic::is_error);
        if present.card != *shown || present.digest != entry.digest {
            entry.pending = Some(Box::new(present));
        }
    }

    /// Takes in a plan whose file was read again. Returns true where it may stand to others in
    /// another way than before. What is shown changes with [`Plans::show`].
    pub fn read(&mut self, index: usize, read: Read) -> bool {
        let Read {
            version,
            own,
            references,
        } = read;
        let is_other = !self.present(index).relates_like(&version.card);
        let entry = &mut self.entries[index];
        entry.own = own;
        entry.references = references;
        entry.pending = Some(Box::new(version));
        is_other
    }

    /// Shows what is pending, but for plans with errors: in their files, or `accused` of what
    /// other files make of them. What never was good gives way to anything.
    pub fn show(&mut self, accused: &HashSet<usize>) {
        for (index, entry) in self.entries.iter_mut().enumerate() {
            let is_good = |card: &Card| !(card.faulty || accused.contains(&index));
            let was_good = entry.good;
            let ready = |pending: &mut Box<Version>| !was_good || is_good(&pending.card);
            let Some(pending) = entry.pending.take_if(ready) else {
                entry.good |= entry.pending.is_none() && is_good(&self.cards[index]);
                continue;
            };
            let Version { card, digest, text } = *pending;
            self.version += 1;
            entry.version = self.version;
            entry.text = text;
            entry.digest = digest;
            entry.good = is_good(&card);
            self.cards_version += u64::from(self.cards[index] != card);
            self.cards[index] = card;
        }
    }

    /// Shows the text that is shown with another card, made again.
    pub fn show_again(&mut self, index: usize, card: Card) {
        self.version += 1;
        self.cards_version += 1;
        self.entries[index].version = self.version;
        self.cards[index] = card;
    }

    /// Swaps what is shown with what is pending. Doing it twice changes nothing.
    pub fn swap_pending(&mut self) {
        for (entry, card) in self.entries.iter_mut().zip(&mut self.cards) {
            if let Some(pending) = &mut entry.pending {
                std::mem::swap(&mut pending.card, card);
            }
        }
    }

    /// True where some plan is shown as it was, not as its file says.
    pub fn has_pending(&self) -> bool {
        self.entries.iter().any(Entry::is_pending)
    }

    /// Keeps the text of a plan that someone looks at.
    pub fn keep(&mut self, index: usize, text: Arc<str>) {
        self.entries[index].text = Some(text);
    }

    /// What is wrong with the plans' files.
    pub fn findings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.entries.iter().flat_map(Entry::findings)
    }

    /// The card of what the plan's file says now.
    pub fn present(&self, index: usize) -> &Card {
        match &self.entries[index].pending {
            Some(pending) => &pending.card,
            None => &self.cards[index],
        }
    }
}

impl Entry {
    /// True where the file says something else than is shown.
    pub fn is_pending(&self) -> bool {
        self.pending.is_some()
    }

    fn findings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.own.iter().chain(&self.references)
    }
}
