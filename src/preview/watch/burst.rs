//! What was reported since the last look, and when it is time to look.
//!
//! One save is a handful of reports: a file is emptied, written and closed, or goes away and
//! comes back under the same name. A look in the middle of it would find half a plan or none, so
//! each path is followed until it is whole again, for a moment at most.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use notify::event::{CreateKind, EventKind, ModifyKind, RemoveKind, RenameMode};
use notify::{ErrorKind, Event};

use super::Look;
use super::events::Report;
use crate::source;

/// From one look to the next, so that a burst of changes is few looks.
const REST: Duration = Duration::from_millis(30);

/// How long a save may take until it is looked at half done. Only Linux reports that a file was
/// closed after writing; elsewhere there is nothing to wait for.
const GRACE: Duration = if cfg!(any(target_os = "linux", target_os = "android")) {
    Duration::from_millis(5)
} else {
    Duration::ZERO
};

/// Reports that no look has followed yet.
#[derive(Default)]
pub struct Burst {
    /// Relative to the root.
    paths: BTreeMap<PathBuf, State>,
    everywhere: bool,
    since: Option<Instant>,
    /// True where a watched folder came, went or was replaced, the root among them.
    pub folders_replaced: bool,
    /// True where something came that may be a folder, whose own watch may not stand yet.
    pub came: bool,
    /// True where the system would not watch a new folder, since its limit is reached.
    pub limit_reached: bool,
}

/// How far a save has come, as far as can be told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing more is expected.
    Whole,
    /// It went; an editor would put it back.
    Gone,
    /// It is being written.
    Written,
    /// It was never there. It may be what an editor writes first and then renames.
    New,
}

impl Burst {
    /// Adds a report of a change below `root`.
    pub fn add(&mut self, report: Report, root: &Path) {
        match report {
            Ok(event) if event.need_rescan() || event.paths.is_empty() => self.look_everywhere(),
            Ok(event) => self.add_event(&event, root),
            Err(error) => {
                self.limit_reached |= matches!(error.kind, ErrorKind::MaxFilesWatch);
                self.look_everywhere();
            }
        }
    }

    /// Asks for a look at everything.
    pub fn look_everywhere(&mut self) {
        self.everywhere = true;
        self.begin();
    }

    /// When to look, if there is anything to look at. `last` is the moment of the look before.
    pub fn due(&self, last: Option<Instant>) -> Option<Instant> {
        let since = self.since?;
        let whole = self.paths.values().all(|state| *state == State::Whole);
        let ready = if self.everywhere || whole {
            since
        } else {
            since + GRACE
        };
        Some(last.map_or(ready, |last| ready.max(last + REST)))
    }

    /// Where to look, as paths below `root`. Nothing is left.
    pub fn take(&mut self, root: &Path) -> Look {
        let burst = std::mem::take(self);
        if burst.everywhere {
            return Look::Everywhere;
        }
        Look::At(burst.paths.keys().map(|path| root.join(path)).collect())
    }

    fn begin(&mut self) {
        self.since.get_or_insert_with(Instant::now);
    }

    fn add_event(&mut self, event: &Event, root: &Path) {
        let below = |path: &PathBuf| path.strip_prefix(root).ok().map(Path::to_owned);
        match (event.kind, event.paths.as_slice()) {
            (EventKind::Modify(ModifyKind::Name(RenameMode::Both)), [from, to]) => {
                let (from, to) = (below(from), below(to));
                // What becomes a backup will be written again under its own name.
                let backup = !to.as_deref().is_some_and(source::concerns);
                let left = if backup { State::Gone } else { State::Whole };
                self.note(from, event.kind, |_| left);
                self.note(to, event.kind, |_| State::Whole);
            }
            (kind, paths) => {
                for path in paths {
                    self.note(below(path), kind, |before| state_after(kind, before));
                }
            }
        }
    }

    /// `path` is relative to the root, or `None` outside of it.
    fn note(
        &mut self,
        path: Option<PathBuf>,
        kind: EventKind,
        state: impl FnOnce(Option<State>) -> State,
    ) {
        let Some(path) = path else { return };
        let is_root = path.as_os_str().is_empty();
        let is_watched = is_root || source::input_folders().any(|folder| path == Path::new(folder));
        if is_watched && may_replace(kind) {
            self.folders_replaced = true;
            self.look_everywhere();
        }
        if is_root || !source::concerns(&path) {
            return;
        }
        self.came |= may_bring_a_folder(kind);
        let state = state(self.paths.get(&path).copied());
        self.paths.insert(path, state);
        self.begin();
    }
}

fn state_after(kind: EventKind, before: Option<State>) -> State {
    match (kind, before) {
        (EventKind::Create(CreateKind::Folder) | EventKind::Remove(RemoveKind::Folder), _) => {
            State::Whole
        }
        (EventKind::Create(_), Some(State::Gone)) => State::Written,
        (EventKind::Create(_), _) => State::New,
        (EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(RenameMode::From)), _) => {
            State::Gone
        }
        (EventKind::Modify(ModifyKind::Name(_)), _) => State::Whole,
        (_, Some(State::New)) => State::New,
        (EventKind::Modify(ModifyKind::Metadata(_)), before) => before.unwrap_or(State::Whole),
        (EventKind::Modify(_), _) => State::Written,
        // It was closed after writing.
        (EventKind::Access(_) | EventKind::Any | EventKind::Other, _) => State::Whole,
    }
}

/// True where a folder that is reported so may now be another than the one that is watched.
fn may_replace(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::Create(_)
            | EventKind::Remove(_)
            | EventKind::Modify(ModifyKind::Name(_))
            | EventKind::Any
    )
}

fn may_bring_a_folder(kind: EventKind) -> bool {
    match kind {
        EventKind::Create(kind) => kind != CreateKind::File,
        EventKind::Modify(ModifyKind::Name(mode)) => mode != RenameMode::From,
        EventKind::Any => true,
        _ => false,
    }
}
