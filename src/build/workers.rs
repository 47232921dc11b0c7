//! Runs one job for each plan, several at once, and gives the results in the plans' order.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::diagnostic::Failure;

/// Runs `job` for `0..count`. Of several failures the one of the lowest number is told.
pub fn run<T: Send>(
    threads: Option<NonZeroUsize>,
    count: usize,
    job: impl Fn(usize) -> Result<T, Failure> + Sync,
) -> Result<Vec<T>, Failure> {
    let threads = threads
        .or_else(|| std::thread::available_parallelism().ok())
        .map_or(1, NonZeroUsize::get);
    if threads.min(count) <= 1 {
        return (0..count).map(job).collect();
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= count {
                return done;
            }
            let result = job(index);
            let failed = result.is_err();
            done.push((index, result));
            if failed {
                // Nothing will be published, so the others may stop early.
                next.store(count, Ordering::Relaxed);
            }
        }
    };
    let mut results: Vec<(usize, Result<T, Failure>)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads.min(count)).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .flat_map(|worker| match worker.join() {
                Ok(done) => done,
                Err(panic) => std::panic::resume_unwind(panic),
            })
            .collect()
    });
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}
