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

    /// True where a change was reported, and where.
    pub fn has_paths(&self) -> bool {
        !self.paths.is_empty()
    }

    /// When to look, if there is anything to look at, and not before the caller is `rested`.
    pub fn due(&self, rested: Option<Instant>) -> Option<Instant> {
        let since = self.since?;
        let whole = self.paths.values().all(|state| *state == State::Whole);
        let ready = if self.everywhere || whole {
            since
        } else {
            since + GRACE
        };
        Some(rested.map_or(ready, |rested| ready.max(rested)))
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

#[cfg(test)]
mod tests {
    use notify::event::{AccessKind, AccessMode, DataChange, Flag};

    use super::*;

    const FOUND_NEW: EventKind = EventKind::Create(CreateKind::File);
    const GONE: EventKind = EventKind::Remove(RemoveKind::File);
    const RENAMED_FROM: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::From));
    const RENAMED_TO: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::To));
    const RENAMED: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::Both));
    const WRITTEN: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));
    const CLOSED: EventKind = EventKind::Access(AccessKind::Close(AccessMode::Write));

    fn burst(events: &[(EventKind, &[&str])]) -> Burst {
        let mut burst = Burst::default();
        for (kind, paths) in events {
            let mut event = Event::new(*kind);
            for path in *paths {
                event = event.add_path(Path::new("/site").join(path));
            }
            burst.add(Ok(event), Path::new("/site"));
        }
        burst
    }

    /// How long after the first report the look falls due.
    fn patience(burst: &Burst) -> Option<Duration> {
        Some(burst.due(None)? - burst.since?)
    }

    const PLAN: &str = "content/plan.toml";
    const AT_ONCE: Option<Duration> = Some(Duration::ZERO);

    #[test]
    fn a_save_in_place_is_looked_at_when_the_file_is_closed() {
        let half = [(WRITTEN, &[PLAN][..]), (WRITTEN, &[PLAN])];
        assert_eq!(patience(&burst(&half)), Some(GRACE));
        let whole = [(WRITTEN, &[PLAN][..]), (CLOSED, &[PLAN])];
        assert_eq!(patience(&burst(&whole)), AT_ONCE);
    }

    #[test]
    fn a_save_with_a_backup_is_looked_at_when_the_new_file_is_closed() {
        const BACKUP: &str = "content/plan.toml~";
        let mut events = vec![
            (FOUND_NEW, &["content/4913"][..]),
            (GONE, &["content/4913"]),
        ];
        assert_eq!(patience(&burst(&events)), None);
        events.extend([
            (RENAMED_FROM, &[PLAN][..]),
            (RENAMED_TO, &[BACKUP]),
            (RENAMED, &[PLAN, BACKUP]),
            (FOUND_NEW, &[PLAN]),
            (WRITTEN, &[PLAN]),
        ]);
        assert_eq!(patience(&burst(&events)), Some(GRACE));
        events.push((CLOSED, &[PLAN]));
        assert_eq!(patience(&burst(&events)), AT_ONCE);
    }

    #[test]
    fn a_file_that_takes_the_place_of_another_is_looked_at_at_once() {
        const NEW: &str = "content/plan.toml___jb_tmp___";
        const OLD: &str = "content/plan.toml___jb_old___";
        let mut events = vec![
            (RENAMED_FROM, &[PLAN][..]),
            (RENAMED_TO, &[OLD]),
            (RENAMED, &[PLAN, OLD]),
        ];
        assert_eq!(patience(&burst(&events)), Some(GRACE));
        events.extend([
            (RENAMED_FROM, &[NEW][..]),
            (RENAMED_TO, &[PLAN]),
            (RENAMED, &[NEW, PLAN]),
        ]);
        assert_eq!(patience(&burst(&events)), AT_ONCE);
    }

    #[test]
    fn a_new_file_may_be_about_to_replace_another() {
        const ODD: &str = "content/plan.toml.XfG3ab";
        let mut events = vec![(FOUND_NEW, &[ODD][..]), (WRITTEN, &[ODD]), (CLOSED, &[ODD])];
        assert_eq!(patience(&burst(&events)), Some(GRACE));
        events.extend([
            (RENAMED_FROM, &[ODD][..]),
            (RENAMED_TO, &[PLAN]),
            (RENAMED, &[ODD, PLAN]),
        ]);
        assert_eq!(patience(&burst(&events)), AT_ONCE);
    }

    #[test]
    fn after_a_look_the_next_one_rests_first() {
        let burst = burst(&[(WRITTEN, &[PLAN]), (CLOSED, &[PLAN])]);
        let rested = Instant::now() + Duration::from_millis(30);
        assert_eq!(burst.due(Some(rested)), Some(rested));
    }

    #[test]
    fn lost_events_mean_a_look_everywhere() {
        let rescan = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        let error = notify::Error::generic("an error");
        for report in [Ok(rescan), Err(error)] {
            let mut burst = burst(&[(WRITTEN, &[PLAN])]);
            burst.add(report, Path::new("/site"));
            assert_eq!(patience(&burst), AT_ONCE);
            assert!(!burst.limit_reached);
            assert_eq!(burst.take(Path::new("/site")), Look::Everywhere);
            assert_eq!(burst.due(None), None);
        }
    }

    #[test]
    fn paths_are_handed_out_below_the_root_as_it_was_given() {
        let mut burst = burst(&[
            (CLOSED, &[PLAN]),
            (CLOSED, &["public/a.html"]),
            (CLOSED, &[PLAN]),
        ]);
        let expected = Look::At(vec![Path::new("link").join(PLAN)]);
        assert_eq!(burst.take(Path::new("link")), expected);
    }
}
