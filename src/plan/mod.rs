//! (being written)

pub mod date;
pub mod language;
pub mod slug;
pub mod text;
