//! What a note holds of many files: their paths, sorted, and something for each. It is read into as
//! little room as it needs, since there may be tens of thousands.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};

use crate::source::Names;

/// Values by path.
#[derive(Debug)]
pub struct ByPath<T> {
    pub paths: Names,
    /// By the index of the path.
    pub values: Vec<T>,
}

impl<T> ByPath<T> {
    /// The path at an index, which must be one, and its value.
    pub fn at(&self, index: usize) -> (&str, &T) {
        (self.paths.get(index), &self.values[index])
    }

    /// The value of a path.
    pub fn get(&self, path: &str) -> Option<&T> {
        Some(&self.values[self.paths.search(path).ok()?])
    }
}

impl<T> Default for ByPath<T> {
    fn default() -> Self {
        Self {
            paths: Names::default(),
            values: Vec::new(),
        }
    }
}

/// From a list of pairs.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for ByPath<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Pairs<T> {
            type Value = ByPath<T>;

            fn expecting(&self, words: &mut fmt::Formatter) -> fmt::Result {
                words.write_str("a list of paths with their values")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut pairs: A) -> Result<ByPath<T>, A::Error> {
                let mut all = ByPath::default();
                while let Some((path, value)) = pairs.next_element::<(&str, T)>()? {
                    all.paths.push(path);
                    all.values.push(value);
                }
                Ok(all)
            }
        }

        deserializer.deserialize_seq(Pairs(PhantomData))
    }
}
