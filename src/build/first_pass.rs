//! What is done while a plan's text is at hand: its card, and its files where every card that they
//! need is there.
//!
//! A plan that supersedes another takes that one along: the same thread walks both, so that each has
//! the other's card. Whether they stand to each other like that, only the second pass knows for
//! certain; it makes again what rests on another guess.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::made::Made;
use super::walk::{Carded, Reading, Walk};
use super::{Options, Progress, workers};
use crate::diagnostic::{Diagnostic, Failure};
use crate::site::{Card, Neighbours, relations};

/// What the first pass came to.
pub struct Walks {
    /// By plan.
    pub cards: Vec<Card>,
    pub diagnostics: Vec<Diagnostic>,
    /// By plan; `None` where its files must wait for the cards of others.
    pub made: Vec<Option<Made>>,
}

/// The same while plans are still on their way.
struct Places {
    /// By plan.
    cards: Vec<Option<Card>>,
    /// What is wrong with those plans with which anything is.
    diagnostics: Vec<(usize, Vec<Diagnostic>)>,
    /// By plan.
    made: Vec<Option<Made>>,
}

/// What a plan's first way came to.
struct Walked {
    card: Card,
    diagnostics: Vec<Diagnostic>,
    made: Option<Made>,
}

/// What the first pass works with.
pub struct FirstPass<'p> {
    walk: &'p Walk<'p>,
    progress: Arc<Progress>,
    /// By plan.
    stands: Vec<Stand>,
    places: Mutex<Places>,
}

/// What threads tell each other of a plan.
#[derive(Default)]
struct Stand {
    /// One of them walks it, or has.
    taken: AtomicBool,
    /// Another plan supersedes it, and came too late to take it along.
    superseded: AtomicBool,
}

/// A plan that was taken and read.
struct Taken {
    reading: Reading,
    card: Card,
    diagnostics: Vec<Diagnostic>,
}

impl<'p> FirstPass<'p> {
    /// Walks every plan.
    pub fn run(options: &Options, walk: &'p Walk<'p>) -> Result<Walks, Failure> {
        let count = walk.content.plans.len();
        // Each has its place from the beginning: of many plans, these fill the memory.
        let places = Places {
            cards: (0..count).map(|_| None).collect(),
            diagnostics: Vec::new(),
            made: (0..count).map(|_| None).collect(),
        };
        let pass = Self {
            walk,
            progress: options.progress.clone().unwrap_or_default(),
            stands: (0..count).map(|_| Stand::default()).collect(),
            places: Mutex::new(places),
        };
        pass.progress.plans(count);
        // From the last to the first: plans are mostly named by their years, and one that supersedes
        // another is best walked before it.
        workers::run(options.threads, count, |job| pass.line(count - 1 - job))?;
        let places = pass.places.into_inner();
        let mut places = places.unwrap_or_else(PoisonError::into_inner);
        // The plans come in any order.
        places.diagnostics.sort_unstable_by_key(|(plan, _)| *plan);
        let diagnostics = places.diagnostics.into_iter();
        let cards = places.cards.into_iter();
        Ok(Walks {
            cards: cards
                .map(|card| card.expect("every plan was walked"))
                .collect(),
            diagnostics: diagnostics.flat_map(|(_, found)| found).collect(),
            made: places.made,
        })
    }

    /// Walks a plan, the one that it supersedes, the one before that, and so on, as far as no other
    /// thread has them. No more than two are held at once.
    fn line(&self, last: usize) -> Result<(), Failure> {
        let mut after: Option<Walked> = None;
        let mut next = self.take(last)?;
        while let Some(plan) = next {
            next = match self.superseded_by(&plan.card) {
                Some(before) => self.take(before)?,
                None => None,
            };
            let before = next.as_ref().map(|before| &before.card);
            let walked = self.make(plan, before, after.as_ref().map(|after| &after.card))?;
            self.keep(after.replace(walked));
        }
        self.keep(after);
        Ok(())
    }

    /// Reads a plan and makes its card, unless a thread has done so.
    fn take(&self, plan: usize) -> Result<Option<Taken>, Failure> {
        let stand = &self.stands[plan];
        if stand.taken.swap(true, Ordering::Relaxed) {
            return Ok(None);
        }
        let path = self.walk.content.plans[plan].path();
        let reading = Reading::of(self.walk.snapshot.read(&path)?);
        let Carded {
            card,
            mut diagnostics,
            references,
        } = self.walk.card(plan, &reading);
        diagnostics.extend(references);
        Ok(Some(Taken {
            reading,
            card,
            diagnostics,
        }))
    }

    /// The plan that this one says it supersedes. From now on the other threads know of it.
    fn superseded_by(&self, card: &Card) -> Option<usize> {
        let content = self.walk.content;
        let name = card.rare.predecessor.as_ref()?;
        let before = relations::named(content, &name.value, Some(content.plans[card.plan].id()))?;
        self.stands[before]
            .superseded
            .store(true, Ordering::Relaxed);
        Some(before)
    }

    /// Makes a plan's files where no card that they need is missing.
    fn make(
        &self,
        plan: Taken,
        before: Option<&Card>,
        after: Option<&Card>,
    ) -> Result<Walked, Failure> {
        let Taken {
            reading,
            card,
            diagnostics,
        } = plan;
        let superseded = || self.stands[card.plan].superseded.load(Ordering::Relaxed);
        let alone = before.is_none() && after.is_none();
        let waits = card.mentions_others()
            || card.rare.predecessor.is_some() && before.is_none()
            || after.is_none() && superseded()
            || alone && self.walk.past.named_others(card.plan);
        let made = (!waits).then(|| {
            let sound = |card: &&Card| self.walk.shows(card) && !card.faulty;
            let neighbours = Neighbours {
                predecessor: before.filter(sound),
                successor: after.filter(sound),
            };
            let route = &self.walk.content.plans[card.plan].route;
            self.walk
                .files(&card, || Ok(reading), neighbours, route, true)
        });
        Ok(Walked {
            made: made.transpose()?,
            card,
            diagnostics,
        })
    }

    fn keep(&self, walked: Option<Walked>) {
        if let Some(walked) = walked {
            let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
            let place = walked.card.plan;
            places.made[place] = walked.made;
            places.cards[place] = Some(walked.card);
            if !walked.diagnostics.is_empty() {
                places.diagnostics.push((place, walked.diagnostics));
            }
            self.progress.one_more();
        }
    }
}
