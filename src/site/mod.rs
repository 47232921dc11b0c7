//! From plans and cards to addresses and template contexts.

pub mod context;
pub mod route;
