//! Answers requests from memory: GET and HEAD, hosts that are known, exact routes.
//!
//! In: connections. Out: what [`Respond`] says for a path that passed every check of [`gate`],
//! or a refusal. A request is never a path on the disk, and no byte of it reaches a header.
//!
//! ```text
//! listener ─▶ acceptor (tiny_http) ─▶ worker ─▶ gate ─▶ Respond ─▶ response ─▶ delivery
//! ```

mod acceptor;
mod delivery;
mod gate;
mod listener;
mod reach;
mod response;
mod worker;

use std::borrow::Cow;
use std::sync::Arc;

pub use listener::{Asked, Listening};

/// Gives the answer to a request that has passed every check. `path` is decoded once, begins with
/// `/` and holds no control character and no backslash; `query` is what stands behind the `?`, as
/// it was sent.
pub trait Respond: Send + Sync {
    fn respond(&self, path: &str, query: &str) -> Answer;
}

/// An answer, before the headers that every answer has.
#[derive(Clone, Debug)]
pub struct Answer {
    /// 200, 302 or 404 (RFC 9110, 15).
    pub status: u16,
    /// The media type, with its charset.
    pub kind: Cow<'static, str>,
    pub body: Arc<[u8]>,
    /// Where a redirect leads: an address of this server that was never taken from a request.
    pub location: Option<String>,
}

use crate::diagnostic::Failure;
use std::convert::Infallible;
#[derive(Clone, Debug)]
pub struct Asked {
    pub host: String,
    pub port: u16,
    pub lan: bool,
}
pub struct Listening {
    server: tiny_http::Server,
}
impl Listening {
    pub fn open(asked: &Asked) -> Result<Self, Failure> {
        Ok(Self {
            server: tiny_http::Server::http((asked.host.as_str(), asked.port))
                .map_err(|e| Failure::new(e.to_string()))?,
        })
    }
    pub fn moved_from(&self) -> Option<u16> {
        None
    }
    pub fn origins(&self) -> Vec<String> {
        vec![format!("http://{}", self.server.server_addr())]
    }
    pub fn run(self, respond: Arc<dyn Respond>) -> Result<Infallible, Failure> {
        loop {
            let r = self.server.recv().unwrap();
            let (p, q) = r.url().split_once('?').unwrap_or((r.url(), ""));
            let a = respond.respond(&crate::site::route::decode(p), q);
            let mut resp = tiny_http::Response::from_data(a.body.to_vec())
                .with_status_code(a.status)
                .with_header(
                    tiny_http::Header::from_bytes("Content-Type", a.kind.as_bytes()).unwrap(),
                );
            if let Some(l) = a.location {
                resp = resp
                    .with_header(tiny_http::Header::from_bytes("Location", l.as_bytes()).unwrap());
            }
            let _ = r.respond(resp);
        }
    }
}
impl Answer {
    pub fn ok(kind: impl Into<Cow<'static, str>>, body: impl Into<Arc<[u8]>>) -> Self {
        Self {
            status: 200,
            kind: kind.into(),
            body: body.into(),
            location: None,
        }
    }
    pub fn redirect(location: String) -> Self {
        Self {
            status: 302,
            kind: "text/plain".into(),
            body: Arc::from(&b""[..]),
            location: Some(location),
        }
    }
}
