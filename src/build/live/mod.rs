//! A site that stays open while it is edited: what earlier builds found out is kept, so that a
//! change costs what it changed.
//!
//! In: what changed among the inputs. Out: pages, made when they are asked for by the same
//! [`Walk`] and [`SecondPass`] as those of a build from nothing, and to the same bytes. Writes
//! nothing. A file with an error is shown as it last was without one.

mod asking;
mod frame;
mod keeping;
mod pages;
mod plans;
mod relations;

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Weak};

use super::memo::Past;
use super::second_pass::SecondPass;
use super::sink::Nothing;
use super::walk::{InCommon, Walk};
use super::{Options, text_again, workers};
use crate::diagnostic::Diagnostic;
use crate::site::route::Route;
use crate::site::{self, Relations, Site};
use crate::source::{CONFIG, CONTENT, Changes, FROZEN, LOCK, Snapshot, Tracker};
use frame::{Frame, Stale, as_diagnostic};
use pages::KeptPages;
pub use pages::Shown;
use plans::{KEPT_TEXT, Plans, Read};

/// A site that is open.
pub struct Live {
    options: Options,
    snapshot: Snapshot,
    /// What cannot be an input.
    found_in_folder: Vec<Diagnostic>,
    /// True while the folder is no site.
    is_away: bool,
    frame: Frame,
    plans: Plans,
    relations: Relations,
    /// What was found between plans, and the plans among whose files are errors of this kind.
    found_between: Vec<Diagnostic>,
    accused: HashSet<usize>,
    /// The plan that last was the home page, by its id.
    home: Option<String>,
    /// True while that is not as it is written.
    home_is_kept: bool,
    /// Of every input, as it was last read; `None` where it could not be.
    digests: HashMap<String, Option<blake3::Hash>>,
    pages: KeptPages,
    /// Counts what all pages are made with.
    frame_version: u64,
    /// Counts the changes of files that are published as they are.
    files_version: u64,
    /// Files that are published as they are and that someone is reading now.
    sent: HashMap<String, Weak<[u8]>>,
    findings: Option<Arc<Findings>>,
}

/// What is wrong with the site.
#[derive(Debug, Default)]
pub struct Findings {
    /// In the order in which a person works through them.
    pub list: Vec<Diagnostic>,
    /// Changes with the list.
    pub digest: String,
}

/// What changed.
#[derive(Clone, Debug)]
pub struct Change {
    /// The files that changed or came, relative to the site's root.
    pub files: Vec<String>,
    /// The files that went.
    pub gone: Vec<String>,
}

/// A file of the site as it would be published.
#[derive(Clone, Debug)]
pub enum Published {
    Page(Arc<Shown>),
    /// A file of the theme or under `content/`.
    File(Arc<[u8]>),
}

/// A plan of the site, for a list of them.
#[derive(Clone, Debug)]
pub struct Listed {
    pub title: String,
    pub route: Route,
    /// True where its file has errors and always had.
    pub faulty: bool,
    /// False with `publish = false`.
    pub published: bool,
    /// True where the home page leads to it.
    pub on_home_page: bool,
}

impl Live {
    /// Opens the site whose inputs are tracked. What cannot be read is a finding.
    pub fn open(options: Options, tracker: &Tracker) -> Self {
        let snapshot = tracker.snapshot().clone();
        let frame = Frame::open(&snapshot);
        let mut live = Self {
            options,
            snapshot,
            found_in_folder: tracker.diagnostics(),
            is_away: false,
            frame,
            plans: Plans::default(),
            relations: Relations::default(),
            found_between: Vec::new(),
            accused: HashSet::new(),
            home: None,
            home_is_kept: false,
            digests: HashMap::new(),
            pages: KeptPages::default(),
            frame_version: 0,
            files_version: 0,
            sent: HashMap::new(),
            findings: None,
        };
        let others: Vec<String> = live.other_inputs().map(str::to_owned).collect();
        live.changed(others);
        let plans: Vec<usize> = (0..live.frame.content.plans.len()).collect();
        let reads = live.read(&plans, true);
        live.arrange(&[], reads);
        live.relate(false);
        live
    }

    /// Takes in what the tracker found, and what could not be read before: that a program has let
    /// go of a file, or that there are descriptors again, leaves no trace on the file itself.
    /// `None` where nothing is other than it was.
    pub fn update(&mut self, tracker: &Tracker, mut changes: Changes) -> Option<Change> {
        changes.files.extend(self.unread());
        if changes.is_empty() && !self.frame.is_unread() {
            return None;
        }
        let mut changes = changes;
        let (mut came, mut gone) = (Vec::new(), Vec::new());
        if changes.listing {
            self.found_in_folder = tracker.diagnostics();
            self.findings = None;
            let now = tracker.snapshot();
            if !now.contains(CONFIG) && self.snapshot.contains(CONFIG) {
                return self.away();
            }
            if std::mem::take(&mut self.is_away) {
                changes.files = now.all().map(str::to_owned).collect();
            }
            came = now.missing_in(&self.snapshot);
            gone = self.snapshot.missing_in(now);
            self.snapshot = now.clone();
        }
        let before: Vec<String> = if changes.listing {
            let plans = &self.frame.content.plans;
            plans.iter().map(|plan| plan.path()).collect()
        } else {
            Vec::new()
        };
        let (of_plans, others): (Vec<String>, Vec<String>) =
            changes.files.into_iter().partition(|path| is_plan(path));
        let unread = self.frame.is_unread();
        let mut stale = Stale {
            config: unread,
            theme: unread,
            listing: changes.listing,
            frozen: unread,
            promises: unread,
        };
        others.iter().for_each(|path| stale.add(path));
        let mut changed = self.changed(others);
        let of_content = changed
            .iter()
            .any(|path| path.starts_with(CONTENT) || path.starts_with(FROZEN));
        if of_content {
            self.files_version += 1;
            self.sent.clear();
        }
        let refreshed = self.frame.refresh(&self.snapshot, stale);
        let recard = refreshed.cards;
        self.frame_version += u64::from(refreshed.any);

        let content = &self.frame.content;
        let index =
            |path: &String| content.plan(path.strip_prefix("content/")?.strip_suffix(".toml")?);
        let reads = if recard {
            let all: Vec<usize> = (0..content.plans.len()).collect();
            self.read(&all, true)
        } else {
            let named: Vec<usize> = of_plans.iter().filter_map(index).collect();
            self.read(&named, false)
        };
        changed.extend(
            reads
                .keys()
                .map(|index| content_path(&self.frame, *index))
                .filter(|path| !recard || of_plans.contains(path)),
        );
        changed.extend(came);
        if changed.is_empty() && gone.is_empty() && !refreshed.any {
            return None;
        }
        let mut related = refreshed.any || self.frames(reads.keys());
        if changes.listing {
            self.arrange(&before, reads);
        } else {
            for (index, read) in reads {
                related |= self.plans.read(index, read);
            }
        }
        if related {
            self.relate(recard);
        } else {
            self.plans.show(&self.accused);
        }
        self.findings = None;
        changed.sort_unstable();
        changed.dedup();
        Some(Change {
            files: changed,
            gone,
        })
    }

    /// The folder is no site at this moment: it was moved away, or a checkout is under way. All
    /// stays as it was until it is one again.
    fn away(&mut self) -> Option<Change> {
        if std::mem::replace(&mut self.is_away, true) {
            return None;
        }
        for found in &mut self.found_in_folder {
            if found.name == "no-site-file" {
                found.message = format!("{CONFIG} was moved away or renamed");
                found.help = vec!["Put it back, and the preview goes on by itself.".to_owned()];
            }
        }
        Some(Change {
            files: Vec::new(),
            gone: vec![CONFIG.to_owned()],
        })
    }

    /// Of these files, none of them a plan, the ones that hold something else than before.
    fn changed(&mut self, files: Vec<String>) -> Vec<String> {
        let snapshot = &self.snapshot;
        let digests = &mut self.digests;
        let differs = |path: &String| {
            let input = snapshot.read(path).ok();
            let digest = input.map(|input| blake3::hash(&input.bytes));
            digests.insert(path.clone(), digest) != Some(digest)
        };
        files.into_iter().filter(differs).collect()
    }

    /// The files that could not be read the last time.
    fn unread(&self) -> Vec<String> {
        let unread = self.digests.iter().filter(|(_, digest)| digest.is_none());
        unread.map(|(path, _)| path.clone()).collect()
    }

    fn other_inputs(&self) -> impl Iterator<Item = &str> {
        let snapshot = &self.snapshot;
        let folders = crate::source::input_folders();
        let below = folders.flat_map(|folder| snapshot.below(folder));
        [CONFIG, LOCK]
            .into_iter()
            .filter(|path| snapshot.contains(path))
            .chain(below)
            .filter(|path| !is_plan(path))
    }

    /// Reads these plans, several at once; those whose text is the same as before, or still cannot
    /// be read, only where they are read `anyway`.
    fn read(&mut self, plans: &[usize], anyway: bool) -> HashMap<usize, Read> {
        let site = self.frame.site(self.options.unpublished);
        let walk = self.walk(&site, &Nothing);
        let kept = AtomicUsize::new(0);
        let within_limits = |read: Read| {
            let before = kept.fetch_add(read.length(), Ordering::Relaxed);
            if before + read.length() <= KEPT_TEXT {
                read
            } else {
                read.without_text()
            }
        };
        let read = workers::run(self.options.threads, plans.len(), |at| {
            let index = plans[at];
            let path = &self.frame.content.plans[index].path();
            let input = self.snapshot.read(path).map(|input| {
                let digest = blake3::hash(&input.bytes);
                (input, digest)
            });
            let digest = input.as_ref().ok().map(|(_, digest)| *digest);
            if !anyway && self.digests.get(path) == Some(&digest) {
                return Ok(None);
            }
            let read = match input {
                Ok((input, digest)) => within_limits(Read::new(&walk, index, input, digest)),
                Err(failure) => Read::unreadable(&walk, index, as_diagnostic(failure, path)),
            };
            Ok(Some((index, digest, read)))
        });
        let read = read.unwrap_or_default();
        let mut reads = HashMap::with_capacity(read.len());
        for (index, digest, read) in read.into_iter().flatten() {
            self.digests
                .insert(content_path(&self.frame, index), digest);
            reads.insert(index, read);
        }
        reads
    }

    /// Puts the plans in the order of the site's files, and forgets those that went.
    fn arrange(&mut self, before: &[String], mut reads: HashMap<usize, Read>) {
        let known: HashSet<&str> = before.iter().map(String::as_str).collect();
        let plans = &self.frame.content.plans;
        let missing: Vec<usize> = (0..plans.len())
            .filter(|index| {
                !reads.contains_key(index) && !known.contains(plans[*index].path().as_str())
            })
            .collect();
        reads.extend(self.read(&missing, true));
        let (snapshot, content) = (&self.snapshot, &self.frame.content);
        let references = |card: &site::Card| {
            let text = text_again(snapshot, &content.plans[card.plan].path());
            site::check_references(&text, card, content)
        };
        self.plans.arrange(before, content, reads, &references);
        let snapshot = &self.snapshot;
        self.digests.retain(|path, _| snapshot.contains(path));
    }

    fn walk<'w>(&'w self, site: &'w Site<'w>, sink: &'w dyn super::Sink) -> Walk<'w> {
        Walk {
            snapshot: &self.snapshot,
            config: self.frame.config(),
            content: &self.frame.content,
            site: Some(site),
            sink,
            past: Past::default(),
            in_common: InCommon::default(),
        }
    }

    fn second_pass<'p>(&'p self, walk: &'p Walk<'p>) -> SecondPass<'p> {
        SecondPass {
            options: &self.options,
            walk,
            cards: &self.plans.cards,
            config_text: &self.frame.config_text,
        }
    }
}

fn is_plan(path: &str) -> bool {
    path.starts_with("content/") && path.ends_with(".toml")
}

fn content_path(frame: &Frame, index: usize) -> String {
    frame.content.plans[index].path()
}
