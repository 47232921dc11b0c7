//! Frozen pages: read, compared with their lists, and published to the byte.

use std::collections::BTreeSet;

use super::inputs;
use super::second_pass::SecondPass;
use super::walk::{Pages, Walk, note_links};
use crate::audit;
use crate::diagnostic::{Diagnostic, Failure};
use crate::render;
use crate::site::files::ContentFiles;
use crate::site::frozen::{self, Frozen, FrozenPage, Look, Lying};
use crate::site::{Card, Site};
use crate::source::{FROZEN, Snapshot};

/// Reads what is frozen of the site whose files these are.
pub fn open(
    snapshot: &Snapshot,
    content: &ContentFiles,
) -> Result<(Frozen, Vec<Diagnostic>), Failure> {
    let files: Vec<&str> = snapshot.below(FROZEN).collect();
    if files.is_empty() {
        return Ok(Default::default());
    }
    let look = Look {
        inputs: &files,
        text: &|path| Ok(inputs::lossy_text(snapshot.read(path)?)),
        bytes: &|path| Ok(lying(&snapshot.read(path)?.bytes)),
        anchors: &|path| Ok(anchors(&snapshot.read(path)?.bytes)),
    };
    frozen::sort_out(&look, content)
}

fn lying(bytes: &[u8]) -> Lying {
    let digest = blake3::hash(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) if text.contains("\r\n") => {
            Lying::OtherLineEnds(digest, blake3::hash(text.replace("\r\n", "\n").as_bytes()))
        }
        _ => Lying::Bytes(digest),
    }
}

/// What can be cited of a page. `#top` leads to its beginning without an element of that name
/// (HTML Standard, 7.4.6.4).
fn anchors(page: &[u8]) -> BTreeSet<String> {
    let ids = audit::anchors(page).into_iter();
    ids.chain(["top".to_owned()]).collect()
}

impl Walk<'_> {
    /// Publishes a frozen page as it is. Only its links are looked at: where they lead may change
    /// while the page does not.
    pub(super) fn frozen_page(
        &self,
        page: &FrozenPage,
        pages: &mut Pages,
    ) -> Result<Vec<Diagnostic>, Failure> {
        let place = page.file();
        // Where it is gone, its absence was found already.
        if !self.snapshot.contains(&place) {
            return Ok(Vec::new());
        }
        let page = render::Page {
            path: page.route().file(),
            bytes: self.snapshot.read(&place)?.bytes,
        };
        let mut references = audit::references(&page, &self.config.base_url);
        references.retain(|link| link.names_an_anchor() || !self.is_there(&link.file));
        note_links(&page, &place, references, pages);
        self.hand_over(&page.path, &page.bytes)?;
        pages.made += 1;
        Ok(Vec::new())
    }
}

impl SecondPass<'_> {
    /// What the frozen pages are shown with.
    pub(super) fn frozen_files(&self, site: &Site) -> Result<(), Failure> {
        let content = self.walk.content;
        for (id, page) in content.frozen.pages() {
            let card: Option<&Card> = content.plan(id).map(|plan| &self.cards[plan]);
            if !card.is_some_and(|card| site.shows(card)) {
                continue;
            }
            for (output, place) in page.others() {
                if self.walk.snapshot.contains(&place) {
                    let bytes = self.walk.snapshot.read(&place)?.bytes;
                    self.walk.hand_over(output, &bytes)?;
                }
            }
        }
        Ok(())
    }
}
