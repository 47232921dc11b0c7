//! Runs one job for each plan, several at once, and gives the results in the plans' order.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

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
    // Jobs beside each other have to do with each other more often than others: one thread does a few
    // in a row, but not so many that the others are done long before it.
    let row = (count / threads / 32).clamp(1, 16);
    let next = AtomicUsize::new(0);
    // One place for each: of many plans, results are what fills the memory.
    let places: Mutex<Vec<Option<T>>> = Mutex::new((0..count).map(|_| None).collect());
    let work = || {
        loop {
            let start = next.fetch_add(row, Ordering::Relaxed);
            if start >= count {
                return None;
            }
            for index in start..count.min(start + row) {
                match job(index) {
                    Ok(result) => {
                        let mut places = places.lock().unwrap_or_else(PoisonError::into_inner);
                        places[index] = Some(result);
                    }
                    Err(failure) => {
                        // Nothing will be published, so the others may stop early.
                        next.store(count, Ordering::Relaxed);
                        return Some((index, failure));
                    }
                }
            }
        }
    };
    // This thread works, too: it can use again what memory it frees, and others could not.
    let first_failure = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads.min(count)).map(|_| scope.spawn(work)).collect();
        let own = work();
        let failures = others.into_iter().filter_map(|other| match other.join() {
            Ok(failure) => failure,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        failures.chain(own).min_by_key(|(index, _)| *index)
    });
    match first_failure {
        Some((_, failure)) => Err(failure),
        None => {
            let places = places.into_inner().unwrap_or_else(PoisonError::into_inner);
            Ok(places.into_iter().flatten().collect())
        }
    }
}

/// Runs one job on a thread of its own, and waits for it. Threads take over what memory others before
/// them have freed, which the thread that waits could not use: of many plans, that is much.
pub fn apart<T: Send>(job: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| match scope.spawn(job).join() {
        Ok(result) => result,
        Err(panic) => std::panic::resume_unwind(panic),
    })
}

/// True where `test` is true for each of `0..count`. Stops at the first for which it is not.
pub fn all(
    threads: Option<NonZeroUsize>,
    count: usize,
    test: impl Fn(usize) -> Result<bool, Failure> + Sync,
) -> Result<bool, Failure> {
    let holds = AtomicBool::new(true);
    run(threads, count, |index| {
        if holds.load(Ordering::Relaxed) && !test(index)? {
            holds.store(false, Ordering::Relaxed);
        }
        Ok(())
    })?;
    Ok(holds.into_inner())
}
