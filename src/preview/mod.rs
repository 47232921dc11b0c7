//! The site in a browser while it is being edited.
//!
//! In: a site's root and an address to listen on. Out: pages from memory, made by `build` when
//! they are asked for, and again when an input changes. Writes nothing; may not build in a way of
//! its own.

pub mod server;
pub mod watch;
