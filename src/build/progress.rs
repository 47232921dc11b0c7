//! How far a build has come, for whoever looks on from another thread.

use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};

/// Counts what is done.
#[derive(Debug, Default)]
pub struct Progress {
    stage: AtomicU8,
    all: AtomicUsize,
    done: AtomicUsize,
}

/// What a build is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It looks what there is.
    Beginning,
    /// It reads plans, and makes the pages of those that need no other.
    Plans {
        /// So many are done.
        done: usize,
        /// So many there are.
        all: usize,
    },
    /// It makes the pages that had to wait for other plans.
    Waiting {
        /// So many are done.
        done: usize,
        /// So many there are.
        all: usize,
    },
    /// It makes the home page and the files about the whole site, and compares pages.
    Lists,
    /// It moves the finished site to its place.
    Publishing,
}

const PLANS: u8 = 1;
const WAITING: u8 = 2;
const LISTS: u8 = 3;
const PUBLISHING: u8 = 4;

impl Progress {
    /// What the build is at now.
    pub fn step(&self) -> Step {
        let all = self.all.load(Ordering::Relaxed);
        let done = self.done.load(Ordering::Relaxed).min(all);
        match self.stage.load(Ordering::Relaxed) {
            PLANS => Step::Plans { done, all },
            WAITING => Step::Waiting { done, all },
            LISTS => Step::Lists,
            PUBLISHING => Step::Publishing,
            _ => Step::Beginning,
        }
    }

    /// So many plans will be read.
    pub(super) fn plans(&self, all: usize) {
        self.enter(PLANS, all);
    }

    /// So many pages had to wait.
    pub(super) fn waiting(&self, all: usize) {
        self.enter(WAITING, all);
    }

    pub(super) fn lists(&self) {
        self.enter(LISTS, 0);
    }

    pub(super) fn publish(&self) {
        self.enter(PUBLISHING, 0);
    }

    pub(super) fn one_more(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    fn enter(&self, stage: u8, all: usize) {
        self.done.store(0, Ordering::Relaxed);
        self.all.store(all, Ordering::Relaxed);
        self.stage.store(stage, Ordering::Relaxed);
    }
}
