//! Which heading and which key stands twice, and where it stood first.
//!
//! In: the headings and keys of a file in their order. Out: for a second one, the first.

use std::collections::HashMap;
use std::ops::Range;

use super::dates;
use super::syntax::Fault;

/// A longer path of keys in a heading is nobody's plan.
const LONGEST: usize = 40;

/// The headings and keys read so far.
#[derive(Default)]
pub struct Headings {
    /// By its path and the heading of the list entry that it stands in: the headings alike.
    alike: HashMap<(String, usize), Vec<Heading>>,
    /// The last entry of each list of tables.
    entries: HashMap<String, usize>,
    keys: HashMap<(usize, String), Range<usize>>,
    /// From the place of a second key or heading to the first.
    first: HashMap<usize, Range<usize>>,
    /// Where headings begin, and whether each repeats another.
    tables: Vec<(usize, bool)>,
}

/// One heading: the span of its name, and whether it has two pairs of brackets.
#[derive(Clone)]
pub struct Heading {
    pub name: Range<usize>,
    pub double: bool,
}

impl Headings {
    /// A heading has been read.
    pub fn enter(&mut self, text: &str, name: Range<usize>, double: bool) {
        let path = &text[name.clone()];
        let dots: Vec<usize> = path
            .match_indices('.')
            .map(|(at, _)| at)
            .take(LONGEST)
            .collect();
        let parent = dots
            .iter()
            .rev()
            .find_map(|&dot| self.entries.get(&path[..dot]))
            .copied()
            .unwrap_or(0);
        let last = path.rsplit('.').next().unwrap_or(path);
        let list = double || dates::is_list_of_tables(last);
        let alike = self.alike.entry((path.to_owned(), parent)).or_default();
        let repeats = !list && !alike.is_empty();
        if let Some(first) = alike.first() {
            self.first.insert(name.start, first.name.clone());
        }
        alike.push(Heading {
            name: name.clone(),
            double,
        });
        if list {
            self.entries.insert(path.to_owned(), name.start);
        }
        self.tables.push((name.start, repeats));
    }

    /// A key of the table that was entered last has been read.
    pub fn key(&mut self, text: &str, span: Range<usize>) {
        let name = (self.tables.len(), text[span.clone()].to_owned());
        match self.keys.get(&name) {
            Some(first) => {
                self.first.insert(span.start, first.clone());
            }
            None => {
                self.keys.insert(name, span);
            }
        }
    }

    /// Headings of lists that stand more than once, one of them at least with one pair of brackets.
    pub fn with_one_bracket(&self, text: &str) -> Vec<Vec<Heading>> {
        let mut found: Vec<Vec<Heading>> = self
            .alike
            .values()
            .filter(|alike| alike.len() > 1 && alike.iter().any(|heading| !heading.double))
            .filter(|alike| {
                let path = &text[alike[0].name.clone()];
                alike.iter().any(|heading| heading.double)
                    || dates::is_list_of_tables(path.rsplit('.').next().unwrap_or(path))
            })
            .cloned()
            .collect();
        found.sort_by_key(|alike| alike[0].name.start);
        found
    }

    /// Where the key or heading at `at` stood first.
    pub fn first(&self, at: usize) -> Option<Range<usize>> {
        self.first.get(&at).cloned()
    }

    /// True for a key that is only there twice because the heading above it is.
    pub fn repeats(&self, fault: &Fault) -> bool {
        let above = self
            .tables
            .partition_point(|(at, _)| *at < fault.span.start);
        fault.is_duplicate()
            && above > 0
            && self.tables[above - 1].1
            && !self.first.contains_key(&fault.span.start)
    }
}
