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

impl Answer {
    /// What is at the address.
    pub fn ok(kind: impl Into<Cow<'static, str>>, body: impl Into<Arc<[u8]>>) -> Self {
        Self {
            status: 200,
            kind: kind.into(),
            body: body.into(),
            location: None,
        }
    }

    /// What was meant is at another address.
    pub fn redirect(location: String) -> Self {
        Self {
            status: 302,
            location: Some(location),
            ..Self::ok("text/plain; charset=utf-8", &b""[..])
        }
    }
}
