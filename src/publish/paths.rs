//! Paths by number. Their texts lie behind one another in one string, so that a path of a site of
//! many thousand costs little more than its letters. Touches no disk.

use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;

/// Different paths, numbered as they came.
#[derive(Debug, Default)]
pub(super) struct Paths {
    texts: String,
    /// Where each text ends.
    ends: Vec<usize>,
    numbers: HashTable<u32>,
    hasher: RandomState,
}

impl Paths {
    /// The number of a path, which it is given here if it has none yet.
    pub fn add(&mut self, path: &str) -> usize {
        if let Some(number) = self.number(path) {
            return number;
        }
        let number = self.ends.len();
        self.texts.push_str(path);
        self.ends.push(self.texts.len());
        let Self {
            texts,
            ends,
            numbers,
            hasher,
        } = self;
        let hash = |&number: &u32| hasher.hash_one(text(texts, ends, number as usize));
        numbers.insert_unique(hasher.hash_one(path), number as u32, hash);
        number
    }

    /// The number of a path that has one.
    pub fn number(&self, path: &str) -> Option<usize> {
        let is_it = |&number: &u32| self.path(number as usize) == path;
        let found = self.numbers.find(self.hasher.hash_one(path), is_it);
        found.map(|&number| number as usize)
    }

    /// The path of a number that was given.
    pub fn path(&self, number: usize) -> &str {
        text(&self.texts, &self.ends, number)
    }
}

fn text<'t>(texts: &'t str, ends: &[usize], number: usize) -> &'t str {
    let start = number.checked_sub(1).map_or(0, |before| ends[before]);
    &texts[start..ends[number]]
}

/// The folder that `path` lies in; `None` for the output folder itself.
pub(super) fn parent(path: &str) -> Option<&str> {
    Some(path.rsplit_once('/')?.0)
}

/// The folders that `path` lies in, from the nearest up, without the output folder itself.
pub(super) fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(parent(path), |folder| parent(folder))
}
