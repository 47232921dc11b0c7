//! Paths by number, so that one of a site of many thousand costs little more than its letters.
//! Touches no disk.

use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;

use crate::source::Names;

/// Different paths, numbered as they came.
#[derive(Debug, Default)]
pub(super) struct Paths {
    texts: Names,
    numbers: HashTable<u32>,
    hasher: RandomState,
}

impl Paths {
    /// The number of a path, which it is given here if it has none yet.
    pub fn add(&mut self, path: &str) -> u32 {
        if let Some(number) = self.number(path) {
            return number;
        }
        let number = self.texts.len() as u32;
        self.texts.push(path);
        let Self {
            texts,
            numbers,
            hasher,
        } = self;
        let hash = |&number: &u32| hasher.hash_one(texts.get(number as usize));
        numbers.insert_unique(hasher.hash_one(path), number, hash);
        number
    }

    /// The number of a path that has one.
    pub fn number(&self, path: &str) -> Option<u32> {
        let is_it = |&number: &u32| self.path(number) == path;
        let found = self.numbers.find(self.hasher.hash_one(path), is_it);
        found.copied()
    }

    /// The path of a number that was given.
    pub fn path(&self, number: u32) -> &str {
        self.texts.get(number as usize)
    }
}

/// The folder that `path` lies in; `None` for the output folder itself.
pub(super) fn parent(path: &str) -> Option<&str> {
    Some(path.rsplit_once('/')?.0)
}

/// The folders that `path` lies in, from the nearest up, without the output folder itself.
pub(super) fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(parent(path), |folder| parent(folder))
}
