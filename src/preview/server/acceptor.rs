//! Keeps tiny_http accepting: it looks whether somebody is home, and starts anew when not.
//!
//! In: a bound socket. Out: requests, handed to the [`Service`]. tiny_http's accepting thread ends
//! for good when descriptors or threads run out, and a connection that comes while all of its
//! threads wait may stay without one; a visit from ourselves shows the one and mends the other.
//!
//! Four things inside tiny_http 0.12 cannot be mended from outside. A request that says HTTP/2.0
//! or HTTP/3.0 keeps its thread and two descriptors until the process ends, as does one that
//! promises more content than `worker` lets it make room for; and a header has no limit but
//! memory. No browser sends any of these; whoever can run programs on this computer, or with
//! `--lan` in its network, can. And every response says `Connection: close`, but where the request
//! did not say so too, the connection is closed only when no more is heard for two seconds
//! (RFC 9112, 9.6 asks for it at once).

use std::convert::Infallible;
use std::io::{self, Read};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Once};
use std::thread;
use std::time::Duration;

use tiny_http::Server;

use super::listener::PATIENCE;
use super::worker::Service;
use crate::diagnostic::Failure;

/// How many threads make answers. A few: one page is made in less than a millisecond, and slow
/// readers are elsewhere.
const WORKERS: usize = 4;

/// Between two rounds of visits while somebody is there or asks for pages, and for this long
/// after.
const BUSY: Duration = Duration::from_millis(150);
const BUSY_FOR: Duration = Duration::from_secs(3);

/// Between two rounds while nobody does.
const IDLE: Duration = Duration::from_millis(400);

/// How long to wait for a visitor to be shown out before another one is sent, and how many in a
/// row are not before nobody is home.
const VISIT: Duration = Duration::from_millis(100);
const VISITS: usize = 8;

/// At most so many more in a round.
const ROUND: usize = 256;

/// So many guests may be files that the program has opened meanwhile.
const FEW: usize = 8;

/// Answers whoever comes to `listener`, and never stops.
pub(super) fn run(
    listener: &TcpListener,
    address: SocketAddr,
    service: Arc<Service>,
) -> Result<Infallible, Failure> {
    calm();
    let mut current = Accepting::start(listener, &service)
        .map_err(|error| Failure::new(format!("the preview cannot start: {error}")))?;
    let mut door = Door::new(address);
    loop {
        thread::sleep(if door.guests > FEW || service.asked_within(BUSY_FOR) {
            BUSY
        } else {
            IDLE
        });
        // The socket stays ours all the time: who comes while nobody is home waits in its queue.
        if (current.is_over() || !door.round())
            && let Ok(next) = Accepting::start(listener, &service)
        {
            current.retire();
            current = next;
        }
    }
}

/// Where to visit.
struct Door {
    address: SocketAddr,
    /// The lowest descriptor that a visitor ever got: the ones below are always in use.
    lowest: Option<usize>,
    /// About how many connections are open.
    guests: usize,
}

/// What became of a visitor.
enum Visit {
    ShownOut,
    Waits(Option<TcpStream>),
    /// It could not be tried, as when there are no descriptors left.
    Unknown,
}

impl Door {
    fn new(address: SocketAddr) -> Self {
        // An unspecified address is no place to go to.
        let ip = match address.ip() {
            IpAddr::V4(any) if any.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(any) if any.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
            one => one,
        };
        let mut door = Self {
            address: SocketAddr::new(ip, address.port()),
            lowest: None,
            guests: 0,
        };
        // The first visitor comes before there are guests, and sees what is in use without them.
        door.visit();
        door
    }

    /// Whether somebody is home. Each visit has tiny_http look after one connection that has been
    /// left without a thread, so there are as many as there are guests.
    fn round(&mut self) -> bool {
        let mut waiting = Vec::new();
        loop {
            match self.visit() {
                Visit::ShownOut => break,
                Visit::Unknown => return true,
                Visit::Waits(stream) => waiting.push(stream),
            }
            if waiting.len() == VISITS {
                return false;
            }
        }
        let guests = self.guests.min(ROUND);
        for _ in 0..guests {
            if !matches!(self.visit(), Visit::ShownOut) {
                break;
            }
        }
        true
    }

    /// Comes, says nothing, and waits to be shown out.
    fn visit(&mut self) -> Visit {
        let late = |error: &io::Error| {
            matches!(
                error.kind(),
                io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut
            )
        };
        let mut stream = match TcpStream::connect_timeout(&self.address, VISIT) {
            Ok(stream) => stream,
            Err(error) if late(&error) => return Visit::Waits(None),
            Err(_) => return Visit::Unknown,
        };
        self.count(&stream);
        let ready = stream
            .shutdown(Shutdown::Write)
            .and_then(|()| stream.set_read_timeout(Some(VISIT)));
        match ready.and_then(|()| stream.read(&mut [0])) {
            Err(error) if late(&error) => Visit::Waits(Some(stream)),
            _ => Visit::ShownOut,
        }
    }

    /// A new descriptor is the lowest that is free, and a connection takes two: so the number of
    /// one tells about how many connections there are.
    #[cfg(unix)]
    fn count(&mut self, stream: &TcpStream) {
        use std::os::fd::AsRawFd;

        let number = usize::try_from(stream.as_raw_fd()).unwrap_or_default();
        let lowest = *self
            .lowest
            .insert(self.lowest.map_or(number, |low| low.min(number)));
        self.guests = (number - lowest) / 2;
    }

    #[cfg(not(unix))]
    fn count(&mut self, _: &TcpStream) {
        self.guests = 8;
    }
}

/// One server of tiny_http, with those who take its requests.
struct Accepting {
    server: Arc<Server>,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    /// The accepting thread has said that it ends.
    over: AtomicBool,
    /// Another has taken over; what is asked on connections from before is still answered.
    retired: AtomicBool,
}

impl Accepting {
    fn start(listener: &TcpListener, service: &Arc<Service>) -> io::Result<Self> {
        let listener = listener.try_clone()?;
        // It panics where it cannot have a thread.
        let server =
            panic::catch_unwind(AssertUnwindSafe(|| Server::from_listener(listener, None)))
                .map_err(|_| io::Error::from(io::ErrorKind::OutOfMemory))?
                .map_err(io::Error::other)?;
        let accepting = Self {
            server: Arc::new(server),
            state: Arc::default(),
        };
        for _ in 0..WORKERS {
            let server = Arc::clone(&accepting.server);
            let state = Arc::clone(&accepting.state);
            let service = Arc::clone(service);
            let worker = thread::Builder::new()
                .name("planpress-worker".to_owned())
                .spawn(move || work(&server, &state, &service));
            if let Err(error) = worker {
                accepting.retire();
                return Err(error);
            }
        }
        Ok(accepting)
    }

    fn is_over(&self) -> bool {
        self.state.over.load(Ordering::Relaxed)
    }

    fn retire(&self) {
        self.state.retired.store(true, Ordering::Relaxed);
    }
}

/// Takes requests, until another server has taken over and all connections from before are gone.
fn work(server: &Server, state: &State, service: &Service) {
    loop {
        match server.recv_timeout(2 * PATIENCE) {
            Ok(Some(request)) => service.serve(request),
            Ok(None) if state.retired.load(Ordering::Relaxed) => return,
            Ok(None) => {}
            Err(_) => state.over.store(true, Ordering::Relaxed),
        }
    }
}

/// Keeps quiet about panics inside tiny_http, which end one of its threads, are mended here, and
/// would tell a person who edits a plan nothing; all others are told as before.
fn calm() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let tell = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            let inside = panic
                .location()
                .is_some_and(|place| place.file().contains("tiny_http"));
            let starved = panic
                .payload()
                .downcast_ref::<String>()
                .is_some_and(|words| words.contains("failed to spawn thread"));
            if !inside && !starved {
                tell(panic);
            }
        }));
    });
}
