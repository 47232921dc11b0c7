//! How far a build has come, for whoever looks on from another thread.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Counts what is done.
#[derive(Debug, Default)]
pub struct Progress {
    plans: AtomicUsize,
    done: AtomicUsize,
    publishing: AtomicBool,
}

/// What a build is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It looks what there is.
    Beginning,
    /// It reads plans and makes their pages.
    Plans {
        /// So many are done.
        done: usize,
        /// So many there are.
        all: usize,
    },
    /// It moves the finished site to its place.
    Publishing,
}

impl Progress {
    /// What the build is at now.
    pub fn step(&self) -> Step {
        let all = self.plans.load(Ordering::Relaxed);
        if self.publishing.load(Ordering::Relaxed) {
            Step::Publishing
        } else if all == 0 {
            Step::Beginning
        } else {
            let done = self.done.load(Ordering::Relaxed).min(all);
            Step::Plans { done, all }
        }
    }

    pub(super) fn begin(&self, plans: usize) {
        self.plans.store(plans, Ordering::Relaxed);
    }

    pub(super) fn one_more(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn publish(&self) {
        self.publishing.store(true, Ordering::Relaxed);
    }
}
