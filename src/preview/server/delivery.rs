//! Responses on their way: each on a thread of its own, so that nobody waits for slow readers.
//!
//! In: a response, and the request it is for. Out: bytes to its connection, until they are sent
//! or patience ends.

use std::io::{self, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use tiny_http::Request;

use super::response::Response;
use super::worker::Turn;

/// How many may be on their way. So many slow readers are no tabs of a person: who comes beyond
/// them gets no response, and the others wait for nobody.
const MOST: usize = 1024;

/// How long a response may take on its way: a phone in a weak network, with a large picture.
const LONGEST: Duration = Duration::from_secs(60);

/// Between two looks at the clock.
const PIECE: usize = 64 * 1024;

/// A delivery calls little; thousands of these must fit.
const STACK: usize = 128 * 1024;

static UNDER_WAY: AtomicUsize = AtomicUsize::new(0);

/// Sends a response, on another thread if there is one to be had.
pub(super) fn deliver(request: Request, response: Response, turn: Turn) {
    on_its_way(request, move |request| {
        // Dropping what is left of a request may wait for content that was promised.
        let mut writer = request.into_writer();
        // Whoever is gone needs no response.
        let _ = send(&mut writer, &response);
        // The connection first, then the turn: they belong together.
        drop(writer);
        drop(turn);
    });
}

/// Lets go of a request without a response.
pub(super) fn discard(request: Request) {
    if request.body_length().is_some_and(|length| length > 0) {
        on_its_way(request, |request| drop(request.into_writer()));
    } else {
        drop(request.into_writer());
    }
}

fn on_its_way(request: Request, then: impl FnOnce(Request) + Send + 'static) {
    let under_way = UnderWay::one_more();
    if UNDER_WAY.load(Ordering::Relaxed) > MOST {
        drop(request.into_writer());
        return;
    }
    // A thread that cannot be had takes what it was given with it; so it fetches it.
    let (give, take) = std::sync::mpsc::sync_channel::<(Request, _)>(1);
    let thread = thread::Builder::new()
        .name("planpress-delivery".to_owned())
        .stack_size(STACK)
        .spawn(move || {
            let _under_way = under_way;
            if let Ok((request, then)) = take.recv() {
                let then: Box<dyn FnOnce(Request) + Send> = then;
                then(request);
            }
        });
    let then: Box<dyn FnOnce(Request) + Send> = Box::new(then);
    match thread {
        Ok(_) => drop(give.send((request, then))),
        Err(_) => then(request),
    }
}

fn send(writer: &mut impl Write, response: &Response) -> io::Result<()> {
    let begun = Instant::now();
    writer.write_all(response.head.as_bytes())?;
    for piece in response.body.chunks(PIECE) {
        if begun.elapsed() > LONGEST {
            return Ok(());
        }
        writer.write_all(piece)?;
    }
    writer.flush()
}

struct UnderWay;

impl UnderWay {
    fn one_more() -> Self {
        UNDER_WAY.fetch_add(1, Ordering::Relaxed);
        Self
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        UNDER_WAY.fetch_sub(1, Ordering::Relaxed);
    }
}
