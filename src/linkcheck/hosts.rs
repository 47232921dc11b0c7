//! Turns at the hosts: one request at a time for each, with a pause between two, whichever link
//! leads there. A host that will not answer the next request either is not asked again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::curl::Answer;
use crate::diagnostic::Failure;

/// After how many requests without an answer a host counts as silent.
const SILENCES: usize = 2;

/// The hosts that were asked so far.
pub struct Hosts {
    pause: Duration,
    turns: Mutex<HashMap<String, Arc<Mutex<Turn>>>>,
}

#[derive(Default)]
struct Turn {
    last: Option<Instant>,
    silences: usize,
    /// What it would answer to anything else, too.
    closed: Option<Answer>,
}

impl Hosts {
    pub fn new(pause: Duration) -> Self {
        Self {
            pause,
            turns: Mutex::default(),
        }
    }

    /// Waits for a turn at the host of `address`, and asks.
    pub fn ask(
        &self,
        address: &str,
        ask: impl FnOnce() -> Result<Answer, Failure>,
    ) -> Result<Answer, Failure> {
        let turn = {
            let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
            turns.entry(host(address)).or_default().clone()
        };
        let mut turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = &turn.closed {
            return Ok(answer.clone());
        }
        if let Some(last) = turn.last {
            std::thread::sleep(self.pause.saturating_sub(last.elapsed()));
        }
        let answer = ask()?;
        turn.last = Some(Instant::now());
        turn.silences += usize::from(answer == Answer::Silent);
        if answer.holds_for_the_host() || turn.silences >= SILENCES {
            turn.closed = Some(answer.clone());
        }
        Ok(answer)
    }
}

/// The host of an address, with its port.
pub fn host(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    host.to_lowercase()
}
