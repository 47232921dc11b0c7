//! When to look at the inputs again. Events are hints, never truth.
//!
//! What the system reports says where to look at once. A scan of everything runs behind it and
//! finds what was not reported: network drives, containers and WSL report little or nothing. It
//! may take at most half a percent of the time, so that an idle preview is idle.

mod burst;
mod events;

use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use burst::Burst;
use events::{Events, Trouble};

/// Where to look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// At these files and folders.
    At(Vec<PathBuf>),
    /// At all of the site: a scan fell due, or events were lost.
    Everywhere,
}

/// The shortest time between two scans behind events.
const BEHIND_EVENTS: Duration = Duration::from_secs(2);
/// The same where nothing but scans finds a change.
const ALONE: Duration = Duration::from_millis(500);
/// How often in a row a scan gives way to a change: an endless burst must not put it off for ever.
const MOST_TIMES: u32 = 10;
/// From one look to the next, so that a burst of changes is few looks: as long as the last one kept
/// the caller busy, and this long at most.
const LONGEST_REST: Duration = Duration::from_millis(30);
/// How many times as long as a scan took the next one waits.
const PATIENCE: u32 = 200;
/// How soon a root that is not there is looked for again: a checkout is over in an instant, and
/// who moved the folder away for good should not keep the machine busy.
const SOONEST_RETURN: Duration = Duration::from_millis(25);
const LATEST_RETURN: Duration = Duration::from_secs(2);

/// Says when and where to look.
pub struct Watch {
    /// As it was given: the paths of every look begin so.
    root: PathBuf,
    reports: Reports,
    burst: Burst,
    last_look: Option<Instant>,
    /// When the caller has rested from it.
    rested: Option<Instant>,
    /// How often scans gave way since the last that came to its end.
    gave_way: u32,
    scan_due: Instant,
    notice: Option<String>,
}

/// Where hints come from.
enum Reports {
    Events(Events),
    /// There is no root, so that nothing can be watched.
    NoRoot {
        again: Instant,
        pause: Duration,
    },
    /// There are no events to be had.
    None,
}

impl Watch {
    /// Begins to watch. Where the system does not help, scans alone find what changes.
    pub fn start(root: &Path) -> Self {
        let mut watch = Self {
            root: root.to_owned(),
            reports: Reports::None,
            burst: Burst::default(),
            last_look: None,
            rested: None,
            gave_way: 0,
            scan_due: Instant::now(),
            notice: None,
        };
        watch.open();
        watch.looked(Duration::ZERO);
        watch
    }

    /// Waits until it is time to look. A change after calm is handed out at once, as soon as the
    /// file is whole; what follows while the caller rests, 30 ms at most, is one look. What is
    /// reported while the caller is at work makes for another look after it. The first look is at
    /// everything.
    #[expect(
        clippy::should_implement_trait,
        reason = "it never ends, and the caller has to call `looked` in between"
    )]
    pub fn next(&mut self) -> Look {
        if let Some(last) = self.last_look.take() {
            let rest = LONGEST_REST.min(last.elapsed());
            self.rested = Some(Instant::now() + rest);
        }
        loop {
            self.collect();
            let now = Instant::now();
            if let Reports::NoRoot { again, .. } = self.reports
                && again <= now
            {
                self.open();
            }
            if self.scan_due <= now && (!self.burst.has_paths() || self.gave_way >= MOST_TIMES) {
                if let Reports::Events(events) = &self.reports {
                    self.burst.folders_replaced |= !events.stand();
                }
                self.burst.look_everywhere();
            }
            let due = self.burst.due(self.rested);
            if due.is_some_and(|due| due <= now) {
                return self.hand_out();
            }
            self.wait(due);
        }
    }

    /// After [`Look::Everywhere`]: how long it took. The next scan falls due 200 times as long
    /// after it, and not before 2 s are over (half a second where there are no events).
    pub fn looked(&mut self, took: Duration) {
        self.gave_way = 0;
        self.schedule(took);
    }

    fn schedule(&mut self, took: Duration) {
        let (shortest, took) = match &self.reports {
            // Until all can be watched, each scan tries to.
            Reports::Events(events) if !events.whole() => (ALONE, took + events.opened_in()),
            Reports::Events(_) | Reports::NoRoot { .. } => (BEHIND_EVENTS, took),
            Reports::None => (ALONE, took),
        };
        self.scan_due = Instant::now() + shortest.max(took * PATIENCE);
    }

    /// True where a change is reported that should not wait for the end of a look at everything.
    /// Whoever gives that look up for it calls [`Watch::gave_way`].
    pub fn has_news(&mut self) -> bool {
        self.collect();
        self.burst.has_paths() && self.gave_way < MOST_TIMES
    }

    /// A look at everything was given up, and falls due again when the changes were looked at.
    pub fn gave_way(&mut self) {
        self.gave_way += 1;
        self.scan_due = Instant::now();
    }

    /// What a person must be told, once.
    pub fn notice(&mut self) -> Option<String> {
        self.notice.take()
    }

    /// Watches the folders that there are now. What changed until then must be looked for.
    fn open(&mut self) {
        let pause = match self.reports {
            Reports::NoRoot { pause, .. } => LATEST_RETURN.min(pause * 2),
            _ => SOONEST_RETURN,
        };
        match Events::open(&self.root) {
            Ok(events) => self.reports = Reports::Events(events),
            Err(Trouble::NoRoot) => {
                let again = Instant::now() + pause;
                self.reports = Reports::NoRoot { again, pause };
                return;
            }
            Err(Trouble::Limit) => self.go_on_alone(LIMIT_REACHED),
            Err(Trouble::Refused(reason)) => self.go_on_alone(&refused(&reason)),
        }
        self.burst.look_everywhere();
    }

    /// Goes on by scanning, for good.
    fn go_on_alone(&mut self, notice: &str) {
        self.reports = Reports::None;
        self.notice = Some(notice.to_owned());
        self.burst.look_everywhere();
    }

    /// Takes in what is reported already.
    fn collect(&mut self) {
        if let Reports::Events(events) = &self.reports {
            for report in events.at_hand() {
                self.burst.add(report, events.root());
            }
        }
        if self.burst.limit_reached {
            self.burst.limit_reached = false;
            self.go_on_alone(LIMIT_REACHED);
        }
    }

    fn hand_out(&mut self) -> Look {
        if self.burst.came
            && let Reports::Events(events) = &mut self.reports
        {
            events.settle();
            self.collect();
        }
        if self.burst.folders_replaced {
            self.open();
        }
        // After a scan for its own sake nobody rests: a save may have come in the meantime.
        let now = Instant::now();
        self.last_look = (self.scan_due > now).then_some(now);
        let look = self.burst.take(&self.root);
        if look == Look::Everywhere {
            self.schedule(Duration::ZERO);
        } else if self.scan_due <= now {
            self.gave_way += 1;
        }
        look
    }

    /// Waits for a report, or until something falls due.
    fn wait(&mut self, due: Option<Instant>) {
        let again = match self.reports {
            Reports::NoRoot { again, .. } => Some(again),
            _ => None,
        };
        // A scan comes after what was reported.
        let scan = (!self.burst.has_paths()).then_some(self.scan_due);
        let until = [due, again, scan].into_iter().flatten().min();
        let now = Instant::now();
        let pause = until.map_or(BEHIND_EVENTS, |until| until.saturating_duration_since(now));
        match &self.reports {
            Reports::Events(events) => match events.wait(pause) {
                Ok(Some(report)) => self.burst.add(report, events.root()),
                Ok(None) => {}
                Err(events::Ended) => {
                    let before = std::mem::replace(&mut self.reports, Reports::None);
                    if let Reports::Events(events) = before {
                        events.forget();
                    }
                    self.go_on_alone(&refused("its watcher has ended"));
                }
            },
            Reports::NoRoot { .. } | Reports::None => thread::sleep(pause),
        }
    }
}

const LIMIT_REACHED: &str = if cfg!(target_os = "linux") {
    "This computer reports changes in only so many folders, and that limit is reached. planpress \
     goes on and looks through the site's files by itself, so a change shows up to a second \
     later, in a large site a few seconds. To raise the limit until the next restart, run `sudo \
     sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512`, then start \
     the preview again."
} else {
    "This computer reports changes in only so many folders, and that limit is reached. planpress \
     goes on and looks through the site's files by itself, so a change shows up to a second \
     later, in a large site a few seconds."
};

fn refused(reason: &str) -> String {
    format!(
        "This computer does not report when files change ({reason}). planpress goes on and looks \
         through the site's files by itself, so a change shows up to a second later, in a large \
         site a few seconds."
    )
}
