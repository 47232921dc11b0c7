//! Many short texts in little room: they lie behind one another in one string, so that each costs
//! its letters and one number.

/// Texts in the order in which they were added.
#[derive(Clone, Debug, Default)]
pub struct Names {
    texts: String,
    /// Where each ends.
    ends: Vec<u32>,
}

impl Names {
    /// Adds a text.
    ///
    /// # Panics
    ///
    /// Where all of them together are longer than 4 GiB.
    pub fn push(&mut self, text: &str) {
        self.texts.push_str(text);
        let end = u32::try_from(self.texts.len()).expect("names of less than 4 GiB in all");
        self.ends.push(end);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True where there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The text at an index, which must be one.
    pub fn get(&self, index: usize) -> &str {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.texts[start as usize..self.ends[index] as usize]
    }

    /// All of them.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|index| self.get(index))
    }

    /// Where a text is among them, or else belongs; of several alike, the first. They must be sorted.
    ///
    /// # Errors
    ///
    /// It is none of them: where it would belong.
    pub fn search(&self, text: &str) -> Result<usize, usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.get(middle) < text {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if low < self.len() && self.get(low) == text {
            Ok(low)
        } else {
            Err(low)
        }
    }

    /// The same texts, sorted, each once.
    pub fn sorted(self) -> Self {
        let mut order: Vec<u32> = (0..self.ends.len() as u32).collect();
        order.sort_unstable_by_key(|&index| self.get(index as usize));
        order.dedup_by_key(|index| self.get(*index as usize));
        let mut sorted = Self {
            texts: String::with_capacity(self.texts.len()),
            ends: Vec::with_capacity(order.len()),
        };
        for index in order {
            sorted.push(self.get(index as usize));
        }
        sorted
    }
}

impl<S: AsRef<str>> FromIterator<S> for Names {
    fn from_iter<I: IntoIterator<Item = S>>(texts: I) -> Self {
        let mut names = Self::default();
        for text in texts {
            names.push(text.as_ref());
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_again_sorted_and_each_once() {
        let names: Names = ["b", "", "é", "a", "b"].into_iter().collect();
        assert_eq!(names.iter().collect::<Vec<_>>(), ["b", "", "é", "a", "b"]);
        let names = names.sorted();
        assert_eq!(names.iter().collect::<Vec<_>>(), ["", "a", "b", "é"]);
        assert_eq!((names.search("b"), names.search("c")), (Ok(2), Err(3)));
        assert_eq!((names.search(""), names.search("文")), (Ok(0), Err(4)));
    }
}
