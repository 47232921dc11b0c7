//! What `planpress freeze` must know of an open site.

use super::Live;
use crate::diagnostic::Diagnostic;

/// A plan whose page may be frozen.
#[derive(Clone, Debug)]
pub struct Keepable {
    /// False with `publish = false`.
    pub published: bool,
    /// True where the plan says that it is archived or superseded, or another plan does.
    pub past: bool,
    /// True where its page is frozen already.
    pub frozen: bool,
}

impl Live {
    /// The plan of that id.
    pub fn keepable(&self, id: &str) -> Option<Keepable> {
        let plan = self.frame.content.plan(id)?;
        let card = &self.plans.cards[plan];
        let status = card.status.as_ref().map(|status| status.value);
        Some(Keepable {
            published: card.publish,
            past: matches!(status, Some("archived" | "superseded"))
                || self.relations.successors.contains_key(&plan),
            frozen: self.frame.content.frozen.page(id).is_some(),
        })
    }

    /// True for the files that a page is shown with or leads to, which are published as they are:
    /// those under `content/` and those of the theme.
    pub fn is_file_of_its_own(&self, path: &str) -> bool {
        let mut assets = self.frame.themes().flat_map(|theme| theme.assets());
        self.frame.content.file(path).is_some() || assets.any(|asset| asset.output == path)
    }

    /// The first error that is known of.
    pub fn first_error(&mut self) -> Option<Diagnostic> {
        let findings = self.findings();
        findings.list.iter().find(|found| found.is_error()).cloned()
    }
}
