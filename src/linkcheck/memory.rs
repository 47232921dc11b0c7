//! What is known from the last time: good answers, and when they came. In and out: the file
//! `.planpress/links` below the site's root, one line for each. A bad answer is not kept, so that it
//! is asked for again; a file that makes no sense is begun anew.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::verdict::Verdict;
use crate::diagnostic::Failure;
use crate::publish::{read_note, write_note};

const NAME: &str = "links";
const HEAD: &str = "# Links to other sites that planpress tried: when (seconds since 1970), which, where it moved to.";

/// The good answers that are still believed.
pub struct Memory {
    root: PathBuf,
    now: u64,
    /// By address: when it was tried, and where it has moved to.
    answers: BTreeMap<String, (u64, Option<String>)>,
    changed: bool,
}

impl Memory {
    /// Reads what is known, and forgets what is older than `believed`.
    pub fn open(root: &Path, now: SystemTime, believed: Duration) -> Self {
        let now = now
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_secs());
        let note = read_note(root, NAME).unwrap_or_default();
        let text = String::from_utf8(note).unwrap_or_default();
        // A line without its end was cut short.
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        let mut lines = whole.lines();
        let is_ours = lines.next() == Some(HEAD);
        // A time that is still to come was noted with a wrong clock.
        let recent = |time: u64| time <= now && now - time < believed.as_secs();
        let answers = lines
            .filter(|_| is_ours)
            .filter_map(read_line)
            .filter(|(_, (time, _))| recent(*time))
            .collect();
        Self {
            root: root.to_owned(),
            now,
            answers,
            changed: false,
        }
    }

    /// What is known of an address.
    pub fn recall(&self, address: &str) -> Option<Verdict> {
        let (_, moved) = self.answers.get(address)?;
        Some(match moved {
            Some(to) => Verdict::Moved(to.clone()),
            None => Verdict::Arrives,
        })
    }

    /// Notes what became of an address now.
    pub fn note(&mut self, address: &str, verdict: &Verdict) {
        let moved = match verdict {
            Verdict::Arrives => None,
            Verdict::Moved(to) => Some(to.clone()),
            Verdict::Trouble { .. } => return,
        };
        self.answers.insert(address.to_owned(), (self.now, moved));
        self.changed = true;
    }

    /// Keeps it for the next time.
    ///
    /// # Errors
    ///
    /// Where the disk or a permission says no.
    pub fn keep(&self) -> Result<(), Failure> {
        if !self.changed {
            return Ok(());
        }
        let mut text = format!("{HEAD}\n");
        for (address, (time, moved)) in &self.answers {
            let moved = moved.as_ref().map(|to| format!(" {to}"));
            text.push_str(&format!("{time} {address}{}\n", moved.unwrap_or_default()));
        }
        write_note(&self.root, NAME, text.as_bytes())
    }
}

/// `1700000000 https://example.org/old https://example.org/new`
fn read_line(line: &str) -> Option<(String, (u64, Option<String>))> {
    let mut words = line.split(' ');
    let time = words.next()?.parse().ok()?;
    let address = words.next()?.to_owned();
    let moved = words.next().map(str::to_owned);
    words.next().is_none().then_some((address, (time, moved)))
}
