//! The anchors of a page, kept small: a site keeps those of every plan until it is built.

/// Anchors in their order, in one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchors {
    /// Each with a line break behind it, which no anchor can hold.
    lines: Box<str>,
}

impl Anchors {
    /// Each anchor.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.lines.lines()
    }

    /// True where this is one of them.
    pub fn contains(&self, anchor: &str) -> bool {
        self.iter().any(|known| known == anchor)
    }
}

impl<S: AsRef<str>> FromIterator<S> for Anchors {
    fn from_iter<I: IntoIterator<Item = S>>(anchors: I) -> Self {
        let mut lines = String::new();
        for anchor in anchors {
            lines.push_str(anchor.as_ref());
            lines.push('\n');
        }
        Self {
            lines: lines.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_come_back_as_they_were() {
        let anchors: Anchors = ["a", "list-a", "für"].into_iter().collect();
        assert!(anchors.iter().eq(["a", "list-a", "für"]));
        assert!(anchors.contains("list-a"));
        assert!(!anchors.contains("list"));
        assert_eq!(Anchors::default().iter().next(), None);
    }
}
