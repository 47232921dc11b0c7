//! Tries the links to other sites.
//!
//! In: the outside links of a site's plans and settings, with their places. Out: what is wrong with
//! them, as warnings; by default nothing fails because another site has a bad day. It may ask
//! nothing but HEAD and GET of `http` and `https` addresses, a bounded number of them, a few hosts at
//! once, each host one thing at a time and with a pause; what answered well is not asked again
//! for a day.
//!
//! The asking is done by the program `curl`, which Linux distributions, macOS and Windows (since
//! 10) have: a TLS library would be a third of all that planpress is built from, and the system's own
//! knows the certificates and the proxy that the person's other programs use.

mod attempt;
mod curl;
mod hosts;
mod memory;
mod verdict;

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::{Duration, SystemTime};

use crate::build::OutsideLink;
use crate::diagnostic::{Diagnostic, Failure, counted};
use attempt::Attempt;
use hosts::{Hosts, host};
use memory::Memory;
pub use verdict::Verdict;

/// How far the trying goes.
#[derive(Clone, Debug)]
pub struct Options {
    /// The site's root, which keeps what is known from the last time.
    pub root: PathBuf,
    /// How many addresses are asked in one run.
    pub most: usize,
    /// How many hosts are asked at once.
    pub at_once: usize,
    /// Between two requests to one host.
    pub pause: Duration,
    /// How long one answer may take.
    pub patience: Duration,
    /// How often a link may lead on to another address.
    pub redirects: usize,
    /// How long a good answer is believed.
    pub believed: Duration,
}

impl Options {
    /// What is polite, for the site at `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            most: 500,
            at_once: 4,
            pause: Duration::from_secs(1),
            patience: Duration::from_secs(10),
            redirects: 5,
            believed: Duration::from_secs(24 * 60 * 60),
        }
    }
}

/// What the trying came to.
#[derive(Debug, Default)]
pub struct Tried {
    /// In the order of the links.
    pub diagnostics: Vec<Diagnostic>,
    /// How many addresses were asked.
    pub asked: usize,
    /// On how many hosts they are.
    pub hosts: usize,
    /// Of those asked.
    pub arrived: usize,
    /// How many were not asked, since they answered a short time ago.
    pub believed: usize,
    /// How many were left for the next time.
    pub left: usize,
    /// Why what was found out could not be kept for the next time.
    pub forgotten: Option<Failure>,
}

/// Tries the links.
///
/// # Errors
///
/// Where `curl` is missing or cannot be started.
pub fn check(links: &[OutsideLink], options: &Options) -> Result<Tried, Failure> {
    let mut memory = Memory::open(&options.root, SystemTime::now(), options.believed);
    let mut verdicts: Vec<Option<Verdict>> = links
        .iter()
        .map(|link| memory.recall(&link.target))
        .collect();
    let believed = verdicts.iter().flatten().count();
    let unknown: Vec<usize> = (0..links.len())
        .filter(|link| verdicts[*link].is_none())
        .collect();
    let (now, later) = unknown.split_at(unknown.len().min(options.most));
    for (link, verdict) in ask(links, now, options)? {
        memory.note(&links[link].target, &verdict);
        verdicts[link] = Some(verdict);
    }
    let mut tried = Tried {
        asked: now.len(),
        hosts: now
            .iter()
            .map(|link| host(&links[*link].target))
            .collect::<HashSet<_>>()
            .len(),
        arrived: now
            .iter()
            .filter(|link| verdicts[**link] == Some(Verdict::Arrives))
            .count(),
        believed,
        left: later.len(),
        ..Tried::default()
    };
    let judged = links.iter().zip(&verdicts);
    tried.diagnostics = judged
        .filter_map(|(link, verdict)| verdict.as_ref()?.finding(link, options))
        .collect();
    tried.forgotten = memory.keep().err();
    Ok(tried)
}

/// Asks for each of the links `wanted`, several hosts at once.
fn ask(
    links: &[OutsideLink],
    wanted: &[usize],
    options: &Options,
) -> Result<Vec<(usize, Verdict)>, Failure> {
    let mut rows: Vec<(String, Vec<usize>)> = Vec::new();
    for link in wanted {
        let host = host(&links[*link].target);
        match rows.iter_mut().find(|(known, _)| *known == host) {
            Some((_, row)) => row.push(*link),
            None => rows.push((host, vec![*link])),
        }
    }
    let workers = options.at_once.clamp(1, rows.len().max(1));
    let waiting = Mutex::new(rows.into_iter());
    let hosts = Hosts::new(options.pause);
    let next = || {
        waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .next()
    };
    let work = || {
        let mut done = Vec::new();
        while let Some((_, row)) = next() {
            for link in row {
                let attempt = Attempt {
                    hosts: &hosts,
                    options,
                };
                done.push((link, attempt.verdict(&links[link].target)?));
            }
        }
        Ok(done)
    };
    std::thread::scope(|scope| {
        let working: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        let mut all = Vec::new();
        for worker in working {
            match worker.join() {
                Ok(done) => all.extend(done?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Ok(all)
    })
}

impl Tried {
    /// `Tried 12 links to 5 other sites: 10 arrive; 3 more arrived within the last day`
    pub fn summary(&self) -> String {
        let mut text = format!(
            "Tried {} to {}: {}",
            counted(self.asked, "link"),
            counted(self.hosts, "other site"),
            match self.arrived {
                1 => "1 arrives".to_owned(),
                0 => "none arrives".to_owned(),
                number => format!("{number} arrive"),
            }
        );
        if self.asked == 0 {
            text = "Tried no links".to_owned();
        }
        if self.believed > 0 {
            let more = format!("; {} answered within the last day", self.believed);
            text.push_str(&more);
        }
        if self.left > 0 {
            let left = format!("; {} left for the next time", self.left);
            text.push_str(&left);
        }
        text
    }
}
