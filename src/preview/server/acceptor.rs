//! Keeps tiny_http accepting: it looks whether somebody is home, and starts anew when not.
//!
//! In: a bound socket. Out: requests, handed to the [`Service`]. tiny_http's accepting thread ends
//! for good when descriptors or threads run out, and a connection that comes while all of its
//! threads wait may stay without one; a visit from ourselves shows the one and mends the other.

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

/// Between two visits while somebody asks for pages, and for this long after.
const BUSY: Duration = Duration::from_millis(150);
const BUSY_FOR: Duration = Duration::from_secs(3);

/// Between two visits while nobody does.
const IDLE: Duration = Duration::from_millis(400);

/// How long a visit may take before nobody is home.
const VISIT: Duration = Duration::from_millis(800);

/// Answers whoever comes to `listener`, and never stops.
pub(super) fn run(
    listener: &TcpListener,
    address: SocketAddr,
    service: Arc<Service>,
) -> Result<Infallible, Failure> {
    calm();
    let mut current = Accepting::start(listener, &service)
        .map_err(|error| Failure::new(format!("the preview cannot start: {error}")))?;
    let door = door(address);
    loop {
        thread::sleep(if service.asked_within(BUSY_FOR) {
            BUSY
        } else {
            IDLE
        });
        // The socket stays ours all the time: who comes while nobody is home waits in its queue.
        if current.is_over() || !somebody_home(door) {
            if let Ok(next) = Accepting::start(listener, &service) {
                current.retire();
                current = next;
            }
        }
    }
}

/// Where to visit: an unspecified address is no place to go to.
fn door(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(any) if any.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(any) if any.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        one => one,
    };
    SocketAddr::new(ip, address.port())
}

/// Comes, says nothing, and waits to be shown out. Where that cannot be tried, as when there are
/// no descriptors left, nothing is known, and so nothing is done.
fn somebody_home(door: SocketAddr) -> bool {
    let visit = || -> io::Result<TcpStream> {
        let stream = TcpStream::connect_timeout(&door, VISIT)?;
        stream.shutdown(Shutdown::Write)?;
        stream.set_read_timeout(Some(VISIT))?;
        Ok(stream)
    };
    let Ok(mut stream) = visit() else {
        return true;
    };
    match stream.read(&mut [0]) {
        Ok(_) => true,
        Err(error) => !matches!(
            error.kind(),
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut
        ),
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
                .payload_as_str()
                .is_some_and(|words| words.contains("failed to spawn thread"));
            if !inside && !starved {
                tell(panic);
            }
        }));
    });
}
