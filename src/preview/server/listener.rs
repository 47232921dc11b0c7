//! Finds the address to listen on: this computer alone, unless the network was asked for.
//!
//! In: what the command line says. Out: a bound socket, or a [`Failure`] that says what to type
//! instead.

use std::convert::Infallible;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

use super::Respond;
use super::acceptor;
use super::reach::{Reach, bare};
use super::worker::Service;
use crate::diagnostic::Failure;

/// How many ports are tried, the one asked for included.
const PORTS: u16 = 100;

/// A connection on which nothing happens for this long is given up. Long enough for a browser
/// that connects before it asks, short enough that those who never ask do not pile up.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// The same where the next letter of a request is waited for: a packet that is lost comes again
/// after a second. tiny_http waits for another request after each response, so this is also how
/// long a connection stays open whose request did not say `Connection: close`.
const HEARING: Duration = Duration::from_secs(2);

/// What the command line says about where to listen.
#[derive(Clone, Debug)]
pub struct Asked {
    /// `--host`: a name or an address. Where it is not given that is this computer alone, and with
    /// `--lan` every address that it has.
    pub host: Option<String>,
    /// `--port`; 0 takes any that is free.
    pub port: u16,
    /// `--lan`: other computers may come.
    pub lan: bool,
}

impl Asked {
    fn host(&self) -> &str {
        self.host.as_deref().unwrap_or("127.0.0.1")
    }
}

/// Bound, not answering yet: whoever connects now waits.
#[derive(Debug)]
pub struct Listening {
    listener: TcpListener,
    address: SocketAddr,
    moved_from: Option<u16>,
    reach: Reach,
}

impl Listening {
    /// Binds the first free port from the one asked for.
    ///
    /// # Errors
    ///
    /// When the host is unknown, not of this computer, or open to others without `--lan`; when a
    /// port may not be used, or none is free.
    pub fn open(asked: &Asked) -> Result<Self, Failure> {
        let addresses = addresses(asked)?;
        let (listener, moved) = bind(asked, &addresses)?;
        let address = listener
            .local_addr()
            .map_err(|error| unbound(asked, &error))?;
        let listener = patient(listener).map_err(|error| unbound(asked, &error))?;
        Ok(Self {
            listener,
            address,
            moved_from: moved.then_some(asked.port),
            reach: Reach::new(address.ip(), asked.host(), asked.lan),
        })
    }

    /// What is bound; with `--lan` this may be every address of this computer (`0.0.0.0`).
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The port that was asked for, where it was busy.
    pub fn moved_from(&self) -> Option<u16> {
        self.moved_from
    }

    /// The addresses to type into a browser, without a path: first the one for this computer,
    /// then with `--lan` those for others.
    pub fn origins(&self) -> Vec<String> {
        self.reach.origins(self.address.port())
    }

    /// Answers until the process ends.
    ///
    /// # Errors
    ///
    /// When not even the first threads can be had.
    pub fn run(self, respond: Arc<dyn Respond>) -> Result<Infallible, Failure> {
        let service = Service::new(respond, self.reach, self.address.port());
        acceptor::run(&self.listener, self.address, Arc::new(service))
    }
}

/// The addresses that a host stands for, those to try first in front.
fn addresses(asked: &Asked) -> Result<Vec<IpAddr>, Failure> {
    let (host, lan) = (asked.host(), asked.lan);
    if asked.host.is_none() && lan {
        return Ok(vec![Ipv4Addr::UNSPECIFIED.into()]);
    }
    let mut all: Vec<IpAddr> = (bare(host), 0)
        .to_socket_addrs()
        .map(|found| found.map(|address| address.ip()).collect())
        .unwrap_or_default();
    if all.is_empty() {
        let unknown = Failure::new(format!("`{host}` is not the name or address of a computer"));
        let with_port = host
            .rsplit_once(':')
            .filter(|(name, port)| !name.contains(':') && port.parse::<u16>().is_ok());
        return Err(match with_port {
            Some((name, port)) => unknown.help(format!(
                "Write the port apart: `--host {name} --port {port}`."
            )),
            None => unknown.help("Leave out `--host`: the preview then is at http://127.0.0.1."),
        });
    }
    // Where a name stands for both, IPv4 comes first: that is the address that is printed.
    all.sort_by_key(IpAddr::is_ipv6);
    let own: Vec<IpAddr> = all.iter().copied().filter(IpAddr::is_loopback).collect();
    match (lan, own.is_empty()) {
        (false, false) => Ok(own),
        (false, true) => Err(Failure::new(format!(
            "`{host}` can be reached by other computers, and `--lan` is not given"
        ))
        .help("Leave out `--host` to see the preview on this computer alone.")
        .help(
            "Or add `--lan`: then everyone in your network can read the preview, drafts and \
             unpublished plans too.",
        )),
        (true, false) => Err(Failure::new(format!(
            "`--lan` lets other computers come, and `--host {host}` keeps them out"
        ))
        .help("Leave out one of the two.")),
        (true, true) => Ok(all),
    }
}

/// Tries one port after another; whether it is another one than was asked for.
fn bind(asked: &Asked, addresses: &[IpAddr]) -> Result<(TcpListener, bool), Failure> {
    let last = asked.port.saturating_add(PORTS - 1);
    for port in asked.port..=last {
        let sockets: Vec<SocketAddr> = addresses
            .iter()
            .map(|address| SocketAddr::new(*address, port))
            .collect();
        match TcpListener::bind(&sockets[..]) {
            Ok(listener) => return Ok((listener, port != asked.port)),
            Err(error) if error.kind() == ErrorKind::AddrInUse && asked.port != 0 => {}
            Err(error) => return Err(unbound(asked, &error)),
        }
    }
    Err(
        Failure::new(format!("the ports {} to {last} are all in use", asked.port))
            .help("Add `--port 0` to take any port that is free."),
    )
}

fn unbound(asked: &Asked, error: &io::Error) -> Failure {
    let (host, port) = (asked.host(), &asked.port);
    match error.kind() {
        ErrorKind::PermissionDenied if *port < 1024 => Failure::new(format!(
            "port {port} may not be used: those below 1024 belong to the system"
        ))
        .help("Leave out `--port`, or give a larger one, such as `--port 2030`."),
        ErrorKind::PermissionDenied => {
            Failure::new(format!("port {port} may not be used: {error}"))
                .help("Give another one, such as `--port 0` for any that is free.")
        }
        ErrorKind::AddrNotAvailable => {
            Failure::new(format!("`{host}` is not an address of this computer"))
                .help("Leave out `--host`, or give an address that this computer has.")
        }
        _ => Failure::new(format!("cannot listen on {host}, port {port}: {error}"))
            .help("Try `--port 0` for any port that is free."),
    }
}

/// Gives the socket a time after which reading and writing end. tiny_http sets none; on Linux
/// each connection inherits those of the socket that it came in through, and elsewhere at worst
/// nothing happens. Waiting for a connection ends after that time too, and is begun anew.
#[cfg(unix)]
fn patient(listener: TcpListener) -> io::Result<TcpListener> {
    use std::net::TcpStream;
    use std::os::fd::OwnedFd;

    // The standard library has these options for streams only; a socket is a socket.
    let socket = TcpStream::from(OwnedFd::from(listener));
    socket.set_read_timeout(Some(HEARING))?;
    socket.set_write_timeout(Some(PATIENCE))?;
    Ok(TcpListener::from(OwnedFd::from(socket)))
}

#[cfg(not(unix))]
fn patient(listener: TcpListener) -> io::Result<TcpListener> {
    Ok(listener)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(host: &str, port: u16, lan: bool) -> Asked {
        Asked {
            host: Some(host.to_owned()),
            port,
            lan,
        }
    }

    fn failure(host: &str, port: u16, lan: bool) -> String {
        let failure = Listening::open(&asked(host, port, lan)).expect_err("it cannot be opened");
        format!("{failure}\n{}", failure.help.join("\n"))
    }

    #[test]
    fn it_listens_on_this_computer_alone() {
        for host in ["127.0.0.1", "localhost", "127.0.0.2"] {
            let listening = Listening::open(&asked(host, 0, false)).expect("it can be opened");
            assert!(listening.address().ip().is_loopback(), "{host}");
            assert_eq!(
                listening.origins(),
                [format!("http://{}", listening.address())]
            );
            assert_eq!(listening.moved_from(), None);
        }
    }

    #[test]
    fn with_lan_it_listens_on_every_address() {
        let asked = Asked {
            host: None,
            port: 0,
            lan: true,
        };
        let listening = Listening::open(&asked).expect("it can be opened");
        assert!(listening.address().ip().is_unspecified());
        let own = format!("http://127.0.0.1:{}", listening.address().port());
        assert_eq!(listening.origins()[0], own);
    }

    #[test]
    fn a_busy_port_leads_to_the_next_free_one() {
        let first = Listening::open(&asked("127.0.0.1", 0, false)).expect("it can be opened");
        let busy = first.address().port();
        let second = Listening::open(&asked("127.0.0.1", busy, false)).expect("it can be opened");
        assert!(second.address().port() > busy);
        assert_eq!(second.moved_from(), Some(busy));
    }

    #[test]
    fn the_last_port_of_all_may_be_busy() {
        let last = asked("127.0.0.1", u16::MAX, false);
        let _first = Listening::open(&last);
        let text = failure("127.0.0.1", u16::MAX, false);
        assert!(text.contains("in use"), "{text}");
        assert!(text.contains("--port 0"), "{text}");
    }

    #[test]
    fn hosts_that_cannot_be_used_are_named_with_what_to_do() {
        let text = failure("0.0.0.0", 0, false);
        assert!(text.contains("add `--lan`"), "{text}");
        let text = failure("192.0.2.1", 0, false);
        assert!(text.contains("add `--lan`"), "{text}");
        let text = failure("192.0.2.1", 0, true);
        assert!(text.contains("not an address of this computer"), "{text}");
        for own in ["localhost", "127.0.0.1"] {
            let text = failure(own, 0, true);
            assert!(text.contains("Leave out one of the two"), "{text}");
        }
        let text = failure("127.0.0.1:9000", 0, false);
        assert!(text.contains("--host 127.0.0.1 --port 9000"), "{text}");
        for unknown in ["", "a".repeat(64).as_str()] {
            let text = failure(unknown, 0, false);
            assert!(text.contains("is not the name or address"), "{text}");
        }
    }

    #[test]
    fn ports_that_may_not_be_used_are_named_with_what_to_do() {
        let denied = io::Error::from(ErrorKind::PermissionDenied);
        let failure = unbound(&asked("127.0.0.1", 80, false), &denied);
        assert!(failure.message.contains("port 80"), "{failure}");
        assert!(failure.help[0].contains("--port 2030"), "{failure}");
    }
}
