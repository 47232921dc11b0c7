//! From a request to what is delivered for it.
//!
//! In: a request of tiny_http. Out: a response on its way. A responder that panics costs one
//! response, never a worker.

use std::collections::HashSet;
use std::mem;
use std::net::SocketAddr;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tiny_http::{Method, Request};

use super::Respond;
use super::delivery;
use super::gate::{self, Sent};
use super::reach::Reach;
use super::response::Response;

/// tiny_http makes room for all of the content that is still to come when a request is dropped.
/// Room that cannot be had ends the process, so beyond this a request is not dropped at all: its
/// connection stays until the process ends. No browser sends content here, let alone that much.
const MOST_CONTENT: usize = 1 << 30;

/// What answers, the same for all that listen.
pub(super) struct Service {
    respond: Arc<dyn Respond>,
    reach: Reach,
    port: u16,
    /// Those whose response is on its way.
    busy: Arc<Mutex<HashSet<SocketAddr>>>,
    last_asked: Mutex<Option<Instant>>,
}

impl Service {
    pub fn new(respond: Arc<dyn Respond>, reach: Reach, port: u16) -> Self {
        Self {
            respond,
            reach,
            port,
            busy: Arc::default(),
            last_asked: Mutex::default(),
        }
    }

    /// Whether somebody asked for something not long ago.
    pub fn asked_within(&self, time: Duration) -> bool {
        let last = self
            .last_asked
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        last.is_some_and(|last| last.elapsed() < time)
    }

    /// Has a request answered. Does not wait for whoever sent it.
    pub fn serve(&self, request: Request) {
        *self
            .last_asked
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        if request.body_length() > Some(MOST_CONTENT) {
            mem::forget(request);
            return;
        }
        let Some(turn) = Turn::take(&self.busy, request.remote_addr().copied()) else {
            // Sent behind a request whose response says that it is the last one (RFC 9112, 9.6).
            delivery::discard(request);
            return;
        };
        let response = self.response(&request);
        delivery::deliver(request, response, turn);
    }

    fn response(&self, request: &Request) -> Response {
        let made = panic::catch_unwind(AssertUnwindSafe(|| {
            let sent = Sent {
                method: request.method().as_str(),
                target: request.url(),
                headers: request
                    .headers()
                    .iter()
                    .map(|header| (header.field.as_str().as_str(), header.value.as_str()))
                    .collect(),
            };
            match gate::admit(&sent, &self.reach) {
                Ok(asked) => Response::answer(self.respond.respond(&asked.path, asked.query)),
                Err(refusal) => Response::refusal(refusal, &self.reach.origins(self.port)),
            }
        }));
        let response = made.unwrap_or_else(|_| Response::broken());
        match request.method() {
            Method::Head => response.without_body(),
            _ => response,
        }
    }
}

/// One response at a time on a connection, so that a client that sends request after request and
/// reads nothing holds up one thread and not all.
pub(super) struct Turn {
    busy: Arc<Mutex<HashSet<SocketAddr>>>,
    peer: Option<SocketAddr>,
}

impl Turn {
    /// `None` while it is another's turn on the same connection.
    fn take(busy: &Arc<Mutex<HashSet<SocketAddr>>>, peer: Option<SocketAddr>) -> Option<Self> {
        let mut peers = busy.lock().unwrap_or_else(PoisonError::into_inner);
        let free = peer.is_none_or(|peer| peers.insert(peer));
        free.then(|| Self {
            busy: Arc::clone(busy),
            peer,
        })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(peer) = self.peer {
            let mut peers = self.busy.lock().unwrap_or_else(PoisonError::into_inner);
            peers.remove(&peer);
        }
    }
}
