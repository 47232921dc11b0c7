//! The inputs are kept track of: looks see what a fresh listing sees, and the watcher says in
//! time where to look, whatever an editor does when it saves.

mod droppings;
mod folders;
mod limits;
mod looks;
mod random;
mod saves;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use planpress::diagnostic::{self, Diagnostic};
use planpress::preview::watch::{Look, Watch};
use planpress::source::{self, CONFIG, Changes, Snapshot, Tracker};
use tempfile::TempDir;

/// When to give up; nothing takes as long as this.
const LONGEST: Duration = Duration::from_secs(10);

/// The inputs and what is in them.
type Contents = BTreeMap<String, Vec<u8>>;

/// A site of two plans in a folder of its own.
struct Site {
    folder: TempDir,
}

impl Site {
    fn new() -> Self {
        let site = Self {
            folder: tempfile::tempdir().expect("a folder can be made"),
        };
        make_site(&site.root());
        site
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        write(&self.path(path), text);
    }

    fn rename(&self, from: &str, to: &str) {
        fs::rename(self.path(from), self.path(to)).expect("it can be renamed");
    }
}

fn make_site(root: &Path) {
    write(&root.join(CONFIG), "title = \"Plans\"\n");
    write(&root.join("content/plan.toml"), "title = \"A plan\"\n");
    write(&root.join("content/other.toml"), "title = \"Another\"\n");
    write(&root.join("templates/page.html"), "<p>");
}

/// Writes in place, and makes the folders.
fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("it can be made");
    fs::write(path, text).expect("it can be written");
}

/// Every path of a list of inputs. An input folder may be a file by mistake.
fn listed(snapshot: &Snapshot) -> Vec<String> {
    let mut all: Vec<String> = source::input_folders()
        .flat_map(|folder| snapshot.below(folder))
        .map(str::to_owned)
        .collect();
    let tops = source::input_folders().chain([CONFIG]);
    all.extend(tops.filter(|top| snapshot.contains(top)).map(str::to_owned));
    all.sort();
    all
}

/// What a fresh listing finds wrong. A failure stands as the error that a tracker makes of it.
fn wrong(root: &Path) -> Result<Vec<Diagnostic>, String> {
    let (_, mut diagnostics) = Snapshot::take(root).map_err(|failure| failure.message)?;
    diagnostic::sort(&mut diagnostics);
    Ok(diagnostics)
}

/// Every input as it is on the disk.
fn on_disk(root: &Path) -> Contents {
    let (snapshot, _) = Snapshot::take(root).expect("there is a site");
    listed(&snapshot)
        .into_iter()
        .map(|path| {
            let bytes = snapshot.read(&path).expect("it can be read").bytes;
            (path, bytes)
        })
        .collect()
}

/// Takes over what a look found: reads what may have changed and forgets what is gone. What goes
/// between the look and the reading is left to the next look.
fn take_over(contents: &mut Contents, tracker: &Tracker, changes: &Changes) {
    let snapshot = tracker.snapshot();
    contents.retain(|path, _| snapshot.contains(path));
    for path in &changes.files {
        if let Ok(input) = snapshot.read(path) {
            contents.insert(path.clone(), input.bytes);
        }
    }
}

/// Which looks a [`Follower`] takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    /// Those where an event says to, after the first; so that no scan hides a lost event.
    OnlyEvents,
    All,
}

/// After each look: where it was, what it found, and the inputs as they are known then.
struct Step {
    look: Look,
    changes: Changes,
    contents: Contents,
}

/// Somebody who watches a site and knows of its inputs only what the looks say.
struct Follower {
    root: PathBuf,
    steps: Receiver<Step>,
}

impl Follower {
    /// Returns when the first look is over. The thread ends with the follower, at the next look.
    fn new(root: &Path, takes: Takes) -> Self {
        let (sender, steps) = mpsc::channel();
        let follower = Self {
            root: root.to_owned(),
            steps,
        };
        let root = root.to_owned();
        thread::spawn(move || {
            let mut watch = Watch::start(&root);
            let mut tracker = Tracker::open(&root);
            let mut contents = Contents::new();
            let first = Changes {
                listing: true,
                files: listed(tracker.snapshot()),
            };
            take_over(&mut contents, &tracker, &first);
            let mut is_first = true;
            loop {
                let look = watch.next();
                let began = Instant::now();
                let changes = match &look {
                    Look::At(paths) => tracker.look_at(paths),
                    Look::Everywhere if is_first || takes == Takes::All => {
                        tracker.look_everywhere()
                    }
                    Look::Everywhere => Changes::default(),
                };
                if look == Look::Everywhere {
                    watch.looked(began.elapsed());
                }
                is_first = false;
                take_over(&mut contents, &tracker, &changes);
                let step = Step {
                    look,
                    changes,
                    contents: contents.clone(),
                };
                if sender.send(step).is_err() {
                    return;
                }
            }
        });
        follower.next().expect("there is a first look");
        follower
    }

    fn next(&self) -> Option<Step> {
        self.steps.recv_timeout(LONGEST).ok()
    }

    /// Follows until the inputs are known as they are on the disk now.
    fn catches_up(&self) {
        let expected = on_disk(&self.root);
        let mut known = Contents::new();
        let began = Instant::now();
        while began.elapsed() < LONGEST {
            let Some(step) = self.next() else { break };
            known = step.contents;
            if known == expected {
                return;
            }
        }
        panic!("known: {known:#?}\non the disk: {expected:#?}");
    }

    /// The looks that events have led to until everything is calm.
    fn looks_until_calm(&self) -> Vec<Step> {
        let mut looks = Vec::new();
        let calm = Duration::from_millis(400);
        while let Ok(step) = self.steps.recv_timeout(calm) {
            if matches!(step.look, Look::At(_)) {
                looks.push(step);
            }
        }
        looks
    }
}
